import { formatAddress } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Change } from "../model/plan.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Tie } from "../model/tie.js";
import type { JsonObject } from "../model/value.js";
import { isValueObject } from "../model/value.js";
import { type PlanningContext, unclaimed } from "./context.js";
import { type Deletion, deletionsIn } from "./deletions.js";

/** Something that stays and is not managed here, or will be no more. */
interface Bystander {
  /** What people call it. */
  readonly name: string;
  readonly attributes: JsonObject;
}

/** Warns of what deletions take from others that no plan can show as changed. */
export function findLosses(
  changes: readonly Change[],
  context: PlanningContext,
): readonly Diagnostic[] {
  const deletions = deletionsIn(changes);
  if (deletions.size === 0) return [];
  const losses = [...context.types.values()].flatMap((type) =>
    bystanders(type, changes, context).flatMap((it) => lossesOf(type, it, deletions, context)),
  );
  return [...deletions.values()].flatMap((it) => warningOf(it, losses));
}

interface Loss {
  readonly because: string;
  readonly attribute: string;
  /** The type of what loses. */
  readonly type: string;
  readonly owner: string;
  readonly text: string;
}

function lossesOf(
  type: ResourceType,
  { name: owner, attributes }: Bystander,
  deletions: ReadonlyMap<string, Deletion>,
  { nameOf }: PlanningContext,
): readonly Loss[] {
  return (type.ties?.(attributes) ?? [])
    .filter(({ to, onDelete }) => onDelete === "cascade" && deletions.has(to))
    .map((tie) => ({
      because: tie.to,
      attribute: tie.attribute,
      type: type.name,
      owner,
      text: describe(type, attributes, tie, nameOf),
    }));
}

function describe(
  type: ResourceType,
  attributes: JsonObject,
  { attribute, member }: Tie,
  nameOf: PlanningContext["nameOf"],
): string {
  const members = attributes[attribute];
  const value = isValueObject(members) ? members[member] : undefined;
  return (value !== undefined && type.label?.(attribute, value, nameOf)) || member;
}

/** All of a type that stays and that no change is about but that it is forgotten. */
function bystanders(
  type: ResourceType,
  changes: readonly Change[],
  context: PlanningContext,
): readonly Bystander[] {
  const forgotten = changes
    .filter((it) => it.action === "forget" && it.address.type === type.name)
    .flatMap(({ address }): readonly Bystander[] => {
      const name = formatAddress(address);
      const found = context.refreshed.instances.get(name);
      return found ? [{ name, attributes: found.instance.attributes }] : [];
    });
  const others = unclaimed(context, type.name).map(({ id, name, attributes }) => ({
    name: `${name || id} (not managed here)`,
    attributes,
  }));
  return [...forgotten, ...others];
}

function warningOf(change: Deletion, losses: readonly Loss[]): readonly Diagnostic[] {
  const lost = losses.filter((it) => it.because === change.instance.id);
  const owners = [...new Set(lost.map((it) => it.owner))];
  const [first] = lost;
  if (!first) return [];
  const attributes = [...new Set(lost.map((it) => it.attribute))].join(" and ");
  const whose =
    owners.length === 1 ? `another ${first.type}` : `${owners.length} other ${first.type}s`;
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
