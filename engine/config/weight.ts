import { type Expression, Template } from "../model/expression.js";
import { isExpressionList, isExpressionMap } from "./expressions.js";
import { MAX_DEPTH } from "./parse-yaml.js";

/** The largest evaluated value: characters, items and keys together. */
export const MAX_WEIGHT = 1_000_000;

/** How large a value is when its shared parts are written out. */
export interface Weight {
  readonly total: number;
  /** Lists and mappings inside each other. */
  readonly depth: number;
}

const LEAF: Weight = { total: 1, depth: 0 };
const KNOWN = new WeakMap<object, Weight>();

/** Weighs a value without writing it out: parts that are used twice are looked at once. */
export function weigh(value: Expression): Weight {
  if (typeof value === "string") return { total: value.length + 1, depth: 0 };
  if (value instanceof Template) return { total: weightOfParts(value), depth: 0 };
  if (!isExpressionList(value) && !isExpressionMap(value)) return LEAF;
  const known = KNOWN.get(value);
  if (known) return known;
  let total = 1;
  let depth = 0;
  for (const item of isExpressionList(value) ? value : Object.values(value)) {
    const weight = weigh(item);
    total += weight.total;
    depth = Math.max(depth, weight.depth);
  }
  const weight = { total, depth: depth + 1 };
  KNOWN.set(value, weight);
  return weight;
}

/** Whether a value is larger or deeper than any real one, as references can make it. */
export function isTooLarge(value: Expression): boolean {
  const { total, depth } = weigh(value);
  return total > MAX_WEIGHT || depth > MAX_DEPTH;
}

/** A reference counts as long as a usual one is written. */
function weightOfParts({ parts }: Template): number {
  return parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : 50), 1);
}
