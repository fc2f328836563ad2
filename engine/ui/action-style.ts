import type { Action, AttributeChange, Change } from "../model/plan.js";
import type { Tone } from "./row.js";

/** How an action is written. */
export interface ActionStyle {
  readonly symbol: string;
  readonly tone: Tone;
  /** `create`: what a plan will do. */
  readonly verb: string;
  /** `creating`: what is being done. */
  readonly doing: string;
  /** `created`: what was done. */
  readonly done: string;
}

const style = (
  symbol: string,
  tone: Tone,
  verb: string,
  doing: string,
  done: string,
): ActionStyle => ({ symbol, tone, verb, doing, done });

/** Symbols are distinct without their colors. */
export const ACTION_STYLE: Readonly<Record<Action, ActionStyle>> = {
  replace: style("-/+", "replace", "replace", "replacing", "replaced"),
  delete: style("-", "delete", "delete", "deleting", "deleted"),
  update: style("~", "update", "update", "updating", "updated"),
  create: style("+", "create", "create", "creating", "created"),
  import: style("<=", "import", "import", "importing", "imported"),
  forget: style(".", "forget", "forget", "forgetting", "forgotten"),
  "no-op": style(" ", "dim", "leave", "checking", "unchanged"),
};

/** Actions of a plan, what destroys first. */
export const ACTIONS = [
  "replace",
  "delete",
  "update",
  "create",
  "import",
  "forget",
] as const satisfies readonly Change["action"][];

export type PlannedAction = (typeof ACTIONS)[number];

const ATTRIBUTE_ACTION = { add: "create", remove: "delete", change: "update" } as const;

/** How a difference of one attribute is written. */
export function attributeStyle(kind: AttributeChange["kind"]): ActionStyle {
  return ACTION_STYLE[ATTRIBUTE_ACTION[kind]];
}
