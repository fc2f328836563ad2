import { type Address, formatAddress } from "../model/address.js";
import type { AttributeChange, Change } from "../model/plan.js";
import type { ResourceType } from "../model/resource-type.js";
import { isValueObject, type Value, type ValueObject } from "../model/value.js";
import { withoutMembers } from "../model/without-members.js";
import { type PlanningContext, remember } from "./context.js";
import { type Deletion, deletionsIn, wantedBy } from "./deletions.js";

/** What is managed, stays, and has sets that something may go from. */
type Staying = Extract<Change, { readonly action: "no-op" | "update" | "import" }>;

interface Loss {
  readonly path: readonly [string, string];
  readonly goesWith: Address;
}

/**
 * The changes, with all that the cloud removes by itself from what stays when something else is
 * deleted: each is shown as a change of what loses it. What a declaration wants kept is no loss but a
 * mistake, which others tell.
 */
export function withCascades(
  changes: readonly Change[],
  context: PlanningContext,
): readonly Change[] {
  const deletions = deletionsIn(changes);
  if (deletions.size === 0) return changes;
  return changes.map((change) => {
    const type = context.types.get(change.address.type);
    if (!type || !stays(change)) return change;
    const losses = lossesOf(change, type, deletions);
    if (losses.length === 0) return change;
    const losing = withLosses(change, losses, type, context);
    remember(context, losing);
    return losing;
  });
}

function stays(change: Change): change is Staying {
  return change.action === "no-op" || change.action === "update" || change.action === "import";
}

function lossesOf(
  change: Staying,
  type: ResourceType,
  deletions: ReadonlyMap<string, Deletion>,
): readonly Loss[] {
  const key = (attribute: string, member: string) => JSON.stringify([attribute, member]);
  const settled = new Set([
    ...change.attributes.map(({ path }) => JSON.stringify(path)),
    ...(type.ties?.(wantedBy(change)) ?? []).map((it) => key(it.attribute, it.member)),
  ]);
  return (type.ties?.(change.instance.attributes) ?? []).flatMap((tie): readonly Loss[] => {
    const { to, attribute, member, onDelete } = tie;
    const deletion = onDelete === "cascade" ? deletions.get(to) : undefined;
    if (!deletion || settled.has(key(attribute, member))) return [];
    return [{ path: [attribute, member], goesWith: deletion.address }];
  });
}

function withLosses(
  change: Staying,
  losses: readonly Loss[],
  type: ResourceType,
  { nameOf }: PlanningContext,
): Change {
  const { attributes: existing } = change.instance;
  const removed = losses.map(({ path, goesWith }): AttributeChange => {
    const [attribute, member] = path;
    const before = memberOf(existing, path);
    const label = before !== undefined && type.label?.(attribute, before, nameOf);
    return {
      path,
      kind: "remove",
      label: label || member,
      goesWith,
      range: change.resource.range,
      ...(before !== undefined && { before }),
    };
  });
  const attributes = [...change.attributes, ...removed];
  if (change.action !== "no-op") {
    return { ...change, attributes, reason: `${change.reason}; ${reasonOf(losses)}` };
  }
  const { address, resource, instance, range } = change;
  const paths = losses.map((it) => it.path);
  const desired = withoutMembers(existing, paths);
  const reason = reasonOf(losses);
  return {
    action: "update",
    address,
    reason,
    attributes,
    resource,
    instance,
    desired,
    ...(range && { range }),
  };
}

/** `rules go with security_group.old`. */
function reasonOf(losses: readonly Loss[]): string {
  const sets = [...new Set(losses.map(({ path }) => path[0]))].join(" and ");
  const others = [...new Set(losses.map(({ goesWith }) => formatAddress(goesWith)))].join(" and ");
  return `${sets} go with ${others}`;
}

function memberOf(attributes: ValueObject, [attribute, member]: Loss["path"]): Value | undefined {
  const members = attributes[attribute];
  return isValueObject(members) ? members[member] : undefined;
}
