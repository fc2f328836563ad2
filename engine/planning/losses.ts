import { formatAddress } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Loss } from "../model/loss.js";
import type { Change } from "../model/plan.js";
import type { ResourceType } from "../model/resource-type.js";
import type { JsonObject } from "../model/value.js";
import { isValueObject } from "../model/value.js";
import type { PlanningContext } from "./context.js";

type Deletion = Extract<Change, { readonly action: "delete" | "replace" }>;

/** Something that stays while others of its type are deleted. */
interface Bystander {
  /** What people call it. */
  readonly name: string;
  readonly attributes: JsonObject;
  /** The members that the plan removes itself, as JSON texts of their paths. */
  readonly removed: ReadonlySet<string>;
}

/** Warns of what deletions take from others that stay, beside what the plan shows as removed. */
export function findLosses(
  changes: readonly Change[],
  context: PlanningContext,
): readonly Diagnostic[] {
  return [...context.types.values()].flatMap((type) => {
    const deletions = changes.filter(
      (it): it is Deletion =>
        it.address.type === type.name && (it.action === "delete" || it.action === "replace"),
    );
    if (!type.lostWith || deletions.length === 0) return [];
    const deleted = new Set(deletions.map((it) => it.instance.id));
    const lost = bystanders(type, changes, context, deleted).flatMap((bystander) =>
      lossesOf(type, bystander, deleted, context),
    );
    return deletions.flatMap((it) => warningOf(it, type, lost));
  });
}

interface NamedLoss extends Loss {
  readonly owner: string;
  readonly text: string;
}

function lossesOf(
  type: ResourceType,
  { name: owner, attributes, removed }: Bystander,
  deleted: ReadonlySet<string>,
  { nameOf }: PlanningContext,
): readonly NamedLoss[] {
  const all = type.lostWith?.(attributes, deleted) ?? [];
  return all
    .filter(({ attribute, member }) => !removed.has(JSON.stringify([attribute, member])))
    .map((loss) => ({ ...loss, owner, text: describe(type, attributes, loss, nameOf) }));
}

function describe(
  type: ResourceType,
  attributes: JsonObject,
  { attribute, member }: Loss,
  nameOf: PlanningContext["nameOf"],
): string {
  const members = attributes[attribute];
  const value = isValueObject(members) ? members[member] : undefined;
  return (value !== undefined && type.label?.(attribute, value, nameOf)) || member;
}

/** All of a type that exists and is not deleted, managed here or not. */
function bystanders(
  type: ResourceType,
  changes: readonly Change[],
  { refreshed }: PlanningContext,
  deleted: ReadonlySet<string>,
): readonly Bystander[] {
  const removed = new Map(
    changes.map((change) => [
      formatAddress(change.address),
      new Set(
        change.attributes.filter((it) => it.kind === "remove").map((it) => JSON.stringify(it.path)),
      ),
    ]),
  );
  const managed = [...refreshed.instances.entries()]
    .filter(([, { instance }]) => instance.address.type === type.name)
    .map(([address, { instance, object }]) => ({
      id: object.id,
      name: address,
      attributes: instance.attributes,
      removed: removed.get(address) ?? new Set<string>(),
    }));
  const others = (refreshed.unmanaged.get(type.name) ?? []).map(({ id, name, attributes }) => ({
    id,
    name: `${name || id} (not managed here)`,
    attributes,
    removed: new Set<string>(),
  }));
  return [...managed, ...others].filter((it) => !deleted.has(it.id));
}

function warningOf(
  change: Deletion,
  type: ResourceType,
  losses: readonly NamedLoss[],
): readonly Diagnostic[] {
  const lost = losses.filter((it) => it.because === change.instance.id);
  const owners = [...new Set(lost.map((it) => it.owner))];
  if (owners.length === 0) return [];
  const attributes = [...new Set(lost.map((it) => it.attribute))].join(" and ");
  const whose =
    owners.length === 1 ? `another ${type.name}` : `${owners.length} other ${type.name}s`;
  return [
    {
      severity: "warning",
      code: "remote-cascade",
      summary: `deleting ${formatAddress(change.address)} also removes ${attributes} of ${whose}`,
      detail: owners
        .map((owner) => {
          const texts = lost.filter((it) => it.owner === owner).map((it) => it.text);
          return `${owner}: ${texts.join("; ")}`;
        })
        .join("\n"),
      address: change.address,
      ...(change.range && { range: change.range }),
      help: "Point these at something else first, where what they allow is still needed.",
    },
  ];
}
