import type { Expression, Reference } from "../model/expression.js";
import { Template } from "../model/expression.js";
import { Sensitive } from "../model/value.js";

/**
 * The value of what could not be evaluated and was reported. It fits everywhere, like a value
 * that only apply knows, so that one mistake is reported once.
 */
export const FAILED = new Template([]);

export function isExpressionList(value: Expression | undefined): value is readonly Expression[] {
  return Array.isArray(value);
}

export function isExpressionMap(
  value: Expression | undefined,
): value is { readonly [key: string]: Expression } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Template) &&
    !(value instanceof Sensitive)
  );
}

/** The reference that a template consists of, where it is nothing else. */
export function loneReference(template: Template): Reference | undefined {
  const [first, ...rest] = template.parts;
  return typeof first === "object" && rest.length === 0 ? first : undefined;
}

/** Whether any part of a value satisfies a condition on its leaves. */
export function someLeaf(value: Expression, holds: (leaf: Expression) => boolean): boolean {
  if (isExpressionList(value)) return value.some((item) => someLeaf(item, holds));
  if (isExpressionMap(value)) return Object.values(value).some((item) => someLeaf(item, holds));
  return holds(value);
}

/** What kind of value it is, for messages. */
export function kindOf(value: Expression): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "a number";
  if (typeof value === "boolean") return `${value}`;
  if (value instanceof Sensitive) return "a sensitive value";
  if (value instanceof Template) return "an attribute of another resource";
  return isExpressionList(value) ? "a list" : "a mapping";
}
