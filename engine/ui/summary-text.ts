import type { Summary } from "../model/plan.js";
import { ACTION_STYLE, ACTIONS } from "./action-style.js";
import { type Segment, span, type Tone } from "./row.js";

/** `1 to replace, 3 to create`, what destroys first; empty where nothing is to be done. */
export function pendingSegments(summary: Summary): readonly Segment[] {
  return counted(summary, (action) => `to ${ACTION_STYLE[action].verb}`);
}

/** `1 replaced, 3 created`. */
export function doneSegments(counts: Summary): readonly Segment[] {
  return counted(counts, (action) => ACTION_STYLE[action].done);
}

/** How many changes there are to make. */
export function pendingCount(summary: Summary): number {
  return ACTIONS.reduce((sum, action) => sum + summary[action], 0);
}

/** The tone of the most dangerous thing in it. */
export function summaryTone(summary: Summary): Tone {
  const first = ACTIONS.find((action) => summary[action] > 0);
  return first ? ACTION_STYLE[first].tone : "create";
}

function counted(
  summary: Summary,
  words: (action: (typeof ACTIONS)[number]) => string,
): readonly Segment[] {
  return ACTIONS.filter((action) => summary[action] > 0).flatMap((action, index) => [
    span(index === 0 ? "" : ", "),
    span(`${summary[action]} ${words(action)}`, ACTION_STYLE[action].tone),
  ]);
}
