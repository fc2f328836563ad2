import { formatAddress } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Change } from "../model/plan.js";
import type { SourceRange } from "../model/source.js";
import type { Tie } from "../model/tie.js";
import { isValueObject } from "../model/value.js";
import type { PlanningContext } from "./context.js";
import { type PlannedResource, placeOf } from "./declared.js";
import { type Deletion, deletionsIn, wantedBy } from "./deletions.js";

/**
 * Refuses declarations that name by its id what the plan deletes: they could not be true afterwards. A
 * reference by address cannot be so, since what it leads to is declared.
 */
export function findDeletedReferences(
  planned: readonly PlannedResource[],
  changes: readonly Change[],
  context: PlanningContext,
): readonly Diagnostic[] {
  const deletions = deletionsIn(changes);
  if (deletions.size === 0) return [];
  return planned.flatMap((it): readonly Diagnostic[] => {
    const { change } = it;
    if (!change) return [];
    const ties = context.types.get(change.address.type)?.ties?.(wantedBy(change)) ?? [];
    const refused = ties.flatMap((tie): readonly Diagnostic[] => {
      const deletion = deletions.get(tie.to);
      if (!deletion) return [];
      const range = placeOf([tie.attribute, tie.member], it.resource, it.resolved);
      return [refusal(change, deletion, { tie, range }, context)];
    });
    return oncePerPlace(refused);
  });
}

/** One rule that is declared once may be two in the cloud, for each address family. */
function oncePerPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [
    ...new Map(diagnostics.map((it) => [JSON.stringify([it.range, it.summary]), it])).values(),
  ];
}

function refusal(
  change: Change,
  { address, action }: Deletion,
  { tie, range }: { readonly tie: Tie; readonly range: SourceRange },
  { types, nameOf }: PlanningContext,
): Diagnostic {
  const { attribute, member, to, onDelete } = tie;
  const gone = formatAddress(address);
  const members = wantedBy(change)[attribute];
  const value = isValueObject(members) ? members[member] : undefined;
  const label = value && types.get(change.address.type)?.label?.(attribute, value, nameOf);
  const then =
    onDelete === "cascade"
      ? "The cloud would remove it with that, without a word."
      : "The cloud would refuse to delete that.";
  const other =
    action === "replace"
      ? `Write ${gone} in place of the id.`
      : `Take it out of the declaration, or declare ${gone} again.`;
  return {
    severity: "error",
    code: "names-deleted",
    summary: `${formatAddress(change.address)} still names ${gone}, which the plan ${action === "delete" ? "deletes" : "replaces"}, by its id`,
    detail: `${label ?? member}: ${then}`,
    address: change.address,
    range,
    actual: to,
    help: other,
  };
}
