import { isName } from "../model/address.js";
import type { Json } from "../model/value.js";
import type { Declared } from "./declarations.js";
import { type Node, plain, textAt, valueAt } from "./node.js";
import { quote, type Report } from "./report.js";
import { VARIABLE_TYPES } from "./schema.js";
import { rangeOf, type Span } from "./source-text.js";

export type VariableType = (typeof VARIABLE_TYPES)[number];

/** A declared variable. */
export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  readonly fallback: Node | undefined;
  readonly sensitive: boolean;
  readonly validation: Validation;
  readonly keyAt: Span;
}

/** What a variable's value must satisfy. */
export interface Validation {
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly Json[];
  readonly message?: string;
}

/** The declaration as the schema allows it; undefined where it does not, which was reported. */
export function readVariable(
  { name, node, keyAt }: Declared,
  report: Report,
): Variable | undefined {
  if (node.kind !== "map" || !isName(name)) return undefined;
  const written = node.entries.has("type") ? textAt(node, "type") : "string";
  const type = VARIABLE_TYPES.find((it) => it === written);
  const sensitive = scalarAt(node, "sensitive") ?? false;
  if (type === undefined || typeof sensitive !== "boolean") return undefined;
  const fallback = valueAt(node, "default");
  return { name, type, fallback, sensitive, validation: readValidation(node, report), keyAt };
}

function readValidation(node: Node, report: Report): Validation {
  const validation = valueAt(node, "validation");
  const pattern = readPattern(validation, report);
  const message = textAt(validation, "message");
  const min = scalarAt(validation, "min");
  const max = scalarAt(validation, "max");
  const oneOf = valueAt(validation, "one_of");
  return {
    ...(pattern !== undefined && { pattern }),
    ...(typeof min === "number" && { min }),
    ...(typeof max === "number" && { max }),
    ...(oneOf?.kind === "list" && { oneOf: oneOf.items.map(plain) }),
    ...(message !== undefined && { message }),
  };
}

function readPattern(validation: Node | undefined, report: Report): RegExp | undefined {
  const node = valueAt(validation, "pattern");
  if (node?.kind !== "scalar" || typeof node.value !== "string") return undefined;
  try {
    return new RegExp(node.value, "u");
  } catch {
    report({
      severity: "error",
      code: "wrong-value",
      summary: '"pattern" is not a regular expression',
      range: rangeOf(node.at),
      actual: quote(node.value),
      help: "write one as JavaScript has them",
    });
    return undefined;
  }
}

function scalarAt(node: Node | undefined, key: string) {
  const value = valueAt(node, key);
  return value?.kind === "scalar" ? value.value : undefined;
}
