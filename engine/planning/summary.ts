import type { Action, Change, Summary } from "../model/plan.js";

/** Counts the changes by action. */
export function summarize(changes: readonly Change[]): Summary {
  const counts: Record<Action, number> = {
    "no-op": 0,
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    import: 0,
    forget: 0,
  };
  for (const change of changes) counts[change.action] += 1;
  return counts;
}
