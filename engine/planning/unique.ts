import type { Resolved } from "../graph/resolve.js";
import { formatAddress } from "../model/address.js";
import type { AttributeRule } from "../model/attribute-rule.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import { locate } from "../model/source.js";

/** A resource with its canonical form. */
export interface ResolvedResource {
  readonly resource: Resource;
  readonly resolved: Resolved;
}

/** Errors for resources that would have the same value where the cloud allows it once. */
export function checkUnique(
  resources: readonly ResolvedResource[],
  types: ReadonlyMap<string, ResourceType>,
): readonly Diagnostic[] {
  const owners = new Map<string, Resource>();
  return resources.flatMap(({ resource, resolved }) => {
    const rules = Object.entries(types.get(resource.address.type)?.attributes ?? {});
    return rules.flatMap(([attribute, rule]): readonly Diagnostic[] => {
      const value = resolved.attributes[attribute];
      if (typeof value !== "string" || !isUnique(rule, value)) return [];
      const key = JSON.stringify([resource.address.type, attribute, value.toLowerCase()]);
      const owner = owners.get(key);
      owners.set(key, owner ?? resource);
      return owner ? [clash(resource, owner, attribute, value)] : [];
    });
  });
}

function isUnique({ unique }: AttributeRule, value: string): boolean {
  return unique === true || (unique?.includes(value) ?? false);
}

function clash(resource: Resource, owner: Resource, attribute: string, value: string): Diagnostic {
  const at = (it: Resource) => locate(it.ranges, `/${attribute}`) ?? it.range;
  return {
    severity: "error",
    code: "duplicate-name",
    summary: `Two ${resource.address.type} resources have the ${attribute} ${value}`,
    address: resource.address,
    range: at(resource),
    related: [{ message: `${formatAddress(owner.address)} has it too`, range: at(owner) }],
    help: `Give one of them another ${attribute}.`,
  };
}
