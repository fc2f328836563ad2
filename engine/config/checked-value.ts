import { type Expression, escapePointer, Template } from "../model/expression.js";
import { type Json, mapEntries, Sensitive } from "../model/value.js";
import { isExpressionList, isExpressionMap } from "./expressions.js";
import { PLACEHOLDER } from "./node.js";

/** An evaluated value as the schemas of the language take it. */
export interface CheckedValue {
  readonly value: Json;
  /** The pointers of secrets. */
  readonly sensitive: ReadonlySet<string>;
}

/** Opens secrets, and writes what only apply knows as an expression, which fits everywhere. */
export function checkedValue(expression: Expression): CheckedValue {
  const sensitive = new Set<string>();
  const convert = (part: Expression, pointer: string): Json => {
    if (part instanceof Template) return PLACEHOLDER;
    if (part instanceof Sensitive) {
      sensitive.add(pointer);
      return part.reveal();
    }
    if (isExpressionList(part)) {
      return part.map((item, index) => convert(item, `${pointer}/${index}`));
    }
    if (isExpressionMap(part)) {
      return mapEntries(part, (item, key) => convert(item, `${pointer}/${escapePointer(key)}`));
    }
    return typeof part === "string" ? part.replaceAll("${", () => "$${") : part;
  };
  return { value: convert(expression, ""), sensitive };
}
