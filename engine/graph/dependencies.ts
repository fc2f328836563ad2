import { type Address, formatAddress } from "../model/address.js";
import { parsePointer, referencesIn } from "../model/expression.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";

/** Resource types by name. */
export type Types = ReadonlyMap<string, ResourceType>;

/**
 * A resource stands for two moments: `made`, when it exists, and `complete`, when the attributes that
 * its type defers are written too.
 */
export type Moment = "made" | "complete";

/** That a moment of one resource comes after a moment of another. */
export interface Dependency {
  readonly on: Address;
  /** The moment of the other that is waited for. */
  readonly needs: Moment;
  /** The own moment that waits. */
  readonly before: Moment;
}

/**
 * What a resource depends on, each combination once: for an attribute that it refers to, and for
 * `depends_on`, which is about all of both. A group may name itself in its own rules.
 */
export function dependenciesOf(resource: Resource, types: Types): readonly Dependency[] {
  const self = formatAddress(resource.address);
  const found = new Map<string, Dependency>();
  const add = (dependency: Dependency) => {
    const { on, needs, before } = dependency;
    const address = formatAddress(on);
    if (address === self && needs === "made" && before === "complete") return;
    found.set(`${needs} ${before} ${address}`, dependency);
  };
  const momentOf = ({ type }: Address, attribute = ""): Moment =>
    types.get(type)?.attributes[attribute]?.deferred ? "complete" : "made";
  for (const { reference, pointer } of referencesIn(resource.config)) {
    const [attribute] = parsePointer(pointer);
    const { address: on, path } = reference;
    add({ on, needs: momentOf(on, path[0]), before: momentOf(resource.address, attribute) });
  }
  for (const on of resource.dependsOn) add({ on, needs: "complete", before: "made" });
  return [...found.values()];
}
