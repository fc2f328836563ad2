import { compareAddresses } from "../model/address.js";
import type { Provider } from "../model/provider.js";
import type { Resource } from "../model/resource.js";
import { readBody } from "./body.js";
import type { Declarations, DeclaredResource } from "./declarations.js";
import { type Expanded, InstanceEvaluator, type KnownType } from "./evaluate-instances.js";
import { evaluateNode } from "./evaluate-node.js";
import { expandForEach } from "./for-each.js";
import { type Instances, Instantiated } from "./instances.js";
import { referencePlaces } from "./reference-places.js";
import type { Scope } from "./scope.js";
import type { Validator } from "./validator.js";

/** What the declared resources are. */
export interface Evaluated {
  /** Sorted by address. */
  readonly resources: readonly Resource[];
  readonly instantiated: Instantiated;
}

/** Expands, evaluates and checks all declared resources. */
export function resolveResources(
  declared: Declarations["resources"],
  providers: readonly Provider[],
  scope: Scope,
  validator: Validator,
): Evaluated {
  const types = knownTypes(providers);
  const expanded = [...declared.values()].flatMap((it) => expand(it, types, scope));
  const instances = new Map(
    [...declared.keys()].map((address): [string, Instances] => [address, { kind: "failed" }]),
  );
  for (const it of expanded)
    instances.set(`${it.declared.type}.${it.declared.name}`, instancesOf(it));
  const instantiated = new Instantiated(
    instances,
    new Map([...types].map(([name, { type }]) => [name, type])),
  );
  const evaluator = new InstanceEvaluator(scope, instantiated, validator);
  const resources = expanded.flatMap((it) => evaluator.evaluate(it));
  resources.sort((a, b) => compareAddresses(a.address, b.address));
  return { resources, instantiated };
}

function knownTypes(providers: readonly Provider[]): ReadonlyMap<string, KnownType> {
  return new Map(
    providers.flatMap((provider) =>
      provider.types.map((type): [string, KnownType] => [
        type.name,
        { type, provider: provider.name, places: referencePlaces(type.schema) },
      ]),
    ),
  );
}

function expand(
  declared: DeclaredResource,
  types: ReadonlyMap<string, KnownType>,
  scope: Scope,
): Expanded | [] {
  const type = types.get(declared.type);
  if (!type || declared.node.kind !== "map") return [];
  const body = readBody(declared);
  const { forEach } = body;
  const entries = forEach && expandForEach(forEach, evaluateNode(forEach, scope), scope.report);
  return { declared, type, body, entries };
}

function instancesOf({ body, entries }: Expanded): Instances {
  if (!body.forEach) return { kind: "one" };
  return entries ? { kind: "each", keys: new Set(entries.keys()) } : { kind: "failed" };
}
