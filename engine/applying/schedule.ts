import { dependenciesOf, type Types } from "../graph/dependencies.js";
import { formatAddress } from "../model/address.js";
import type { Change } from "../model/plan.js";
import type { ResourceInstance } from "../model/state.js";
import { type RealChange, type Step, type StepKind, stepKey } from "./step.js";

/**
 * The steps of a plan and what each comes after:
 * - what is made, after what it refers to is made;
 * - what is settled, after what its deferred attributes refer to is made;
 * - what is deleted, after those that referred to it are deleted or settled;
 * - what takes a name, after that name is given up.
 */
export function schedule(changes: readonly Change[], types: Types): readonly Step[] {
  const real = changes.filter((it): it is RealChange => it.action !== "no-op");
  const kinds = new Map(real.map((it) => [formatAddress(it.address), kindsOf(it, types)]));
  const dependants = dependantsOf(changes);
  const owners = ownersOfNames(real);
  const present = (kind: StepKind, address: string) =>
    kinds.get(address)?.includes(kind) ? [stepKey(kind, address)] : [];

  return real.flatMap((change) => {
    const address = formatAddress(change.address);
    const own = kinds.get(address) ?? [];
    return own.map((kind, index): Step => {
      const previous = own[index - 1];
      const chain = previous ? [stepKey(previous, address)] : [];
      const key = stepKey(kind, address);
      if (kind === "delete") {
        const users = (dependants.get(address) ?? []).flatMap((it) => lastSteps(it, present));
        return { key, kind, change, after: chain, preferablyAfter: without(users, key) };
      }
      const needed = neededBy(change, kind, types, present);
      const freed = names(change, kind, owners).flatMap((it) => present("delete", it));
      return {
        key,
        kind,
        change,
        after: without([...chain, ...needed.must], key),
        preferablyAfter: without([...needed.should, ...freed], key),
      };
    });
  });
}

/** The steps of one change, in their order. */
function kindsOf(change: RealChange, types: Types): readonly StepKind[] {
  const type = types.get(change.address.type);
  const isDeferred = Object.values(type?.attributes ?? {}).some((it) => it.deferred);
  const make: readonly StepKind[] = isDeferred ? ["make", "settle"] : ["make"];
  switch (change.action) {
    case "create":
      return make;
    case "update":
      return ["settle"];
    case "replace":
      return ["delete", ...make];
    case "import":
      return type?.update ? ["adopt", "settle"] : ["adopt"];
    case "delete":
      return ["delete"];
    case "forget":
      return ["forget"];
  }
}

type Present = (kind: StepKind, address: string) => readonly string[];

/** What a step waits for because its declaration refers to it or names it in `depends_on`. */
function neededBy(
  change: RealChange,
  kind: StepKind,
  types: Types,
  present: Present,
): { readonly must: readonly string[]; readonly should: readonly string[] } {
  const must: string[] = [];
  const should: string[] = [];
  if (!("resource" in change)) return { must, should };
  for (const { on, kind: why } of dependenciesOf(change.resource, types.get(change.address.type))) {
    const other = formatAddress(on);
    const made = [...present("make", other), ...present("adopt", other)];
    if (why === "deferred") {
      if (kind === "settle") must.push(...made);
      // Groups that exist may name each other in a circle: then neither waits.
      if (kind === "settle" && made.length === 0) should.push(...lastSteps(other, present));
    } else if (why === "value" && made.length > 0) must.push(...made);
    else must.push(...lastSteps(other, present));
  }
  return { must, should };
}

function without(keys: readonly string[], own: string): readonly string[] {
  return keys.filter((key) => key !== own);
}

function lastSteps(address: string, present: Present): readonly string[] {
  for (const kind of ["settle", "make", "adopt", "delete"] as const) {
    const found = present(kind, address);
    if (found.length > 0) return found;
  }
  return [];
}

/** For each address the addresses whose instances referred to it, as state remembers. */
function dependantsOf(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const dependants = new Map<string, string[]>();
  for (const change of changes) {
    const instance: ResourceInstance | undefined =
      "instance" in change ? change.instance : undefined;
    for (const on of instance?.dependencies ?? []) {
      const key = formatAddress(on);
      const list = dependants.get(key);
      if (list) list.push(formatAddress(change.address));
      else dependants.set(key, [formatAddress(change.address)]);
    }
  }
  return dependants;
}

/** The addresses that give up a name, by type and name. */
function ownersOfNames(changes: readonly RealChange[]): ReadonlyMap<string, string> {
  return new Map(
    changes
      .filter((it) => it.action === "delete")
      .map((it) => [
        `${it.address.type} ${it.instance.attributes.name}`,
        formatAddress(it.address),
      ]),
  );
}

function names(
  change: RealChange,
  kind: StepKind,
  owners: ReadonlyMap<string, string>,
): readonly string[] {
  if (kind !== "make" || !("desired" in change)) return [];
  const owner = owners.get(`${change.address.type} ${String(change.desired.name)}`);
  return owner ? [owner] : [];
}
