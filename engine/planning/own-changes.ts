import { formatAddress } from "../model/address.js";
import type { Change, Drift, Plan } from "../model/plan.js";

/** The changes of a plan that do not merely undo what was changed by hand. */
export function ownChanges(plan: Plan): readonly Change[] {
  const drift = new Map(plan.drift.map((it) => [formatAddress(it.address), it]));
  return plan.changes.filter(
    (change) =>
      change.action !== "no-op" && !undoes(change, drift.get(formatAddress(change.address))),
  );
}

function undoes(change: Change, drift: Drift | undefined): boolean {
  if (!drift) return false;
  if (drift.kind === "deleted") return change.action === "create";
  if (drift.kind === "obsolete") return change.action === "replace";
  const drifted = new Set(drift.attributes.map((it) => JSON.stringify(it.path)));
  return change.attributes.every((it) => drifted.has(JSON.stringify(it.path)));
}
