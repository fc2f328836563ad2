import { formatAddress } from "../model/address.js";
import type { AttributeChange, Change } from "../model/plan.js";
import type { ResourceType } from "../model/resource-type.js";
import type { ValueObject } from "../model/value.js";
import type { PlanningContext } from "./context.js";
import { type PlannedResource, placedChange } from "./declared.js";
import { spread } from "./diff.js";

type Making = Extract<Change, { readonly action: "create" | "replace" }>;

/**
 * The changes, with all that what is made will have: of what is made anew the members of its sets
 * too, which do not differ, and of both what the cloud gives it.
 */
export function withGiven(
  changes: readonly Change[],
  planned: readonly PlannedResource[],
  context: PlanningContext,
): readonly Change[] {
  const byAddress = new Map(planned.map((it) => [formatAddress(it.resource.address), it]));
  return changes.map((change): Change => {
    const type = context.types.get(change.address.type);
    const declared = byAddress.get(formatAddress(change.address));
    if (!type?.given || !declared || !isMaking(change)) return change;
    const same = change.action === "create" ? [] : members(type, change.desired, context);
    const given = type.given(change.desired);
    const { resource, resolved } = declared;
    return withMore(change, [
      ...same.map((it) => placedChange(it, resource, resolved)),
      ...members(type, given, context).map(
        (it): AttributeChange => ({ ...it, isDefault: true, range: resource.range }),
      ),
    ]);
  });
}

function isMaking(change: Change): change is Making {
  return change.action === "create" || change.action === "replace";
}

/** With what it does not tell already. */
function withMore(change: Making, more: readonly AttributeChange[]): Making {
  const told = new Set(change.attributes.map(({ path }) => JSON.stringify(path)));
  const added = more.filter(({ path }) => !told.has(JSON.stringify(path)));
  return { ...change, attributes: [...change.attributes, ...added] };
}

/** The members of sets, as added. */
function members(
  type: ResourceType,
  attributes: ValueObject,
  { nameOf }: PlanningContext,
): readonly AttributeChange[] {
  return spread(type, attributes, "add", nameOf).filter(({ label }) => label !== undefined);
}
