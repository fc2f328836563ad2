import type { Change } from "../../engine/model/plan.js";
import type { RemoteObject } from "../../engine/model/remote-object.js";
import type { ResourceType } from "../../engine/model/resource-type.js";
import type { ResourceInstance } from "../../engine/model/state.js";
import { isValueObject, type JsonObject, type ValueObject } from "../../engine/model/value.js";
import type { PlanningContext } from "../../engine/planning/context.js";
import { anInstance, aResource, at, CLOUD } from "./plans.js";
import { testRuntime } from "./runtime.js";

const membersOf = (set: ValueObject[string] | undefined) =>
  isValueObject(set) ? Object.entries(set) : [];

/** A kind of thing whose links go with what they lead to, and whose holds keep it. */
export const thing: ResourceType = {
  name: "thing",
  description: "",
  scope: "project",
  schema: {},
  attributes: {},
  schemaVersion: 1,
  decode: async () => ({ attributes: {}, diagnostics: [] }),
  list: async () => [],
  claim: async () => ({ kind: "none" }),
  canonical: (existing) => existing,
  create: async () => ({ id: "", attributes: {} }),
  update: async () => ({ id: "", attributes: {} }),
  delete: async () => {},
  ties: ({ links, holds }) => [
    ...membersOf(links).map(([member, to]) => ({
      to: String(to),
      attribute: "links",
      member,
      onDelete: "cascade" as const,
    })),
    ...membersOf(holds).map(([member, to]) => ({
      to: String(to),
      attribute: "holds",
      member,
      onDelete: "refuse" as const,
    })),
  ],
  label: (attribute, to, nameOf) => `${attribute} to ${nameOf(String(to))}`,
};

/** A thing that exists. */
export const linked = (name: string, id: string, links: JsonObject = {}): ResourceInstance =>
  anInstance(at(`thing.${name}`), { id, attributes: { links } });

/** The parts of a change that tell nothing. */
export const quiet = { reason: "", attributes: [] };

export const deleted = (instance: ResourceInstance): Change => ({
  ...quiet,
  action: "delete",
  address: instance.address,
  instance,
});

export const kept = (
  instance: ResourceInstance,
  ignoreChanges: readonly string[] = [],
): Extract<Change, { readonly action: "no-op" }> => ({
  ...quiet,
  action: "no-op",
  address: instance.address,
  instance,
  resource: {
    ...aResource(instance.address),
    lifecycle: { preventDestroy: false, ignoreChanges },
  },
});

/** What planning knows where these things are in the cloud. */
export function contextOf(
  managed: readonly ResourceInstance[],
  unmanaged: readonly RemoteObject[] = [],
  type: ResourceType = thing,
): PlanningContext {
  const names = new Map(managed.map((it) => [it.id, `thing.${it.address.name}`]));
  return {
    connection: { cloud: undefined, identity: CLOUD, close: async () => {} },
    runtime: testRuntime(),
    types: new Map([["thing", type]]),
    resolved: new Map(),
    refreshed: {
      instances: new Map(
        managed.map((instance) => {
          const object = { id: instance.id, name: "", attributes: instance.attributes };
          return [`thing.${instance.address.name}`, { instance, object }];
        }),
      ),
      unmanaged: new Map([["thing", unmanaged]]),
      names,
    },
    remembered: new Map(),
    pending: new Map(),
    replaceAsked: new Set(),
    nameOf: (id) => names.get(id) ?? id,
    planned: new Map(),
    claimed: new Map(),
  };
}
