import { type Address, formatAddress } from "../model/address.js";
import { parsePointer, referencesIn } from "../model/expression.js";
import type { ResourceType } from "../model/provider.js";
import type { Resource } from "../model/resource.js";

/** Resource types by name. */
export type Types = ReadonlyMap<string, ResourceType>;

/**
 * Why one resource comes after another.
 * - `value`: it needs an attribute when it is made.
 * - `deferred`: it needs an attribute only in what is written once all are made.
 * - `order`: `depends_on` asks for it: after the other is complete.
 */
type DependencyKind = "value" | "deferred" | "order";

export interface Dependency {
  readonly on: Address;
  readonly kind: DependencyKind;
}

/** What a resource depends on: each other resource once for each kind. A group may name itself in its own rules. */
export function dependenciesOf(
  resource: Resource,
  type: ResourceType | undefined,
): readonly Dependency[] {
  const self = formatAddress(resource.address);
  const found = new Map<string, Dependency>();
  const add = (on: Address, kind: DependencyKind) => {
    if (kind === "deferred" && formatAddress(on) === self) return;
    found.set(`${kind} ${formatAddress(on)}`, { on, kind });
  };
  for (const { reference, pointer } of referencesIn(resource.config)) {
    const [attribute = ""] = parsePointer(pointer);
    add(reference.address, type?.attributes[attribute]?.deferred ? "deferred" : "value");
  }
  for (const address of resource.dependsOn) add(address, "order");
  return [...found.values()];
}
