import type { Room } from "../../engine/model/quota-rule.js";

/** What a limit leaves where this many are there. Nova and Neutron write -1 for no limit. */
export function roomIn(limit: number, taken: number): Room {
  if (limit < 0) return { limit: Number.POSITIVE_INFINITY, left: Number.POSITIVE_INFINITY };
  return { limit, left: Math.max(limit - taken, 0) };
}
