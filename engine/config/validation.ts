import { canonicalJson, isObject, type Json } from "../model/value.js";
import { describe } from "./explain-violation.js";
import { quote, type Report } from "./report.js";
import { rangeOf, type Span } from "./source-text.js";
import type { Validation, Variable } from "./variable.js";

/** Whether a variable's value satisfies its validation; what it does not is reported. */
export function checkValidation(
  variable: Variable,
  value: Json,
  at: Span,
  report: Report,
): boolean {
  const expected = violated(variable.validation, value);
  if (expected === undefined) return true;
  const { name, sensitive, validation, keyAt } = variable;
  report({
    severity: "error",
    code: "variable-invalid",
    summary: validation.message ?? `the variable ${quote(name)} has a value that is not allowed`,
    range: rangeOf(at),
    ...(at !== keyAt && { related: [{ message: "declared here", range: rangeOf(keyAt) }] }),
    ...(!sensitive && { actual: describe(value) }),
    expected,
    help: `give ${quote(name)} another value`,
  });
  return false;
}

/** What the value should be and is not. */
function violated({ pattern, min, max, oneOf }: Validation, value: Json): string | undefined {
  if (oneOf && !oneOf.some((it) => canonicalJson(it) === canonicalJson(value))) {
    return `one of ${oneOf.map(describe).join(", ")}`;
  }
  if (pattern && !(typeof value === "string" && pattern.test(value))) {
    return `a text that matches ${pattern.source}`;
  }
  const size = sizeOf(value);
  if (min !== undefined && !(size.of >= min)) return `at least ${min}${size.unit}`;
  if (max !== undefined && !(size.of <= max)) return `at most ${max}${size.unit}`;
  return undefined;
}

function sizeOf(value: Json): { readonly of: number; readonly unit: string } {
  if (typeof value === "number") return { of: value, unit: "" };
  if (typeof value === "string") return { of: [...value].length, unit: " characters" };
  if (Array.isArray(value)) return { of: value.length, unit: " items" };
  return { of: isObject(value) ? Object.keys(value).length : Number.NaN, unit: " keys" };
}
