import { compareAddresses, compareTexts } from "../model/address.js";
import type { Change } from "../model/plan.js";
import { ACTIONS, type PlannedAction } from "./action-style.js";

/** Changes of one action and one resource type. */
export interface ChangeGroup {
  readonly action: PlannedAction;
  readonly type: string;
  /** Sorted by address; never empty. */
  readonly changes: readonly Change[];
}

/** The changes that do something, what destroys first, then by type and address. */
export function groupChanges(changes: readonly Change[]): readonly ChangeGroup[] {
  return ACTIONS.flatMap((action) => {
    const acting = changes.filter((change) => change.action === action);
    const types = [...new Set(acting.map((change) => change.address.type))].sort(compareTexts);
    return types.map((type) => ({
      action,
      type,
      changes: acting
        .filter((change) => change.address.type === type)
        .sort((a, b) => compareAddresses(a.address, b.address)),
    }));
  });
}
