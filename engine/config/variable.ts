import type { Json } from "../model/value.js";
import type { Declared } from "./declarations.js";
import { type Node, plain, textAt, valueAt } from "./node.js";
import { VARIABLE_TYPES } from "./schema.js";
import type { Span } from "./source-text.js";

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
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly Json[];
  readonly message?: string;
}

/** The declaration as the schema allows it; undefined where it does not, which was reported. */
export function readVariable({ name, node, keyAt }: Declared): Variable | undefined {
  if (node.kind !== "map") return undefined;
  const written = node.entries.has("type") ? textAt(node, "type") : "string";
  const type = VARIABLE_TYPES.find((it) => it === written);
  const sensitive = scalarAt(node, "sensitive") ?? false;
  if (type === undefined || typeof sensitive !== "boolean") return undefined;
  const fallback = valueAt(node, "default");
  return { name, type, fallback, sensitive, validation: readValidation(node), keyAt };
}

function readValidation(node: Node): Validation {
  const validation = valueAt(node, "validation");
  const pattern = textAt(validation, "pattern");
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

function scalarAt(node: Node | undefined, key: string) {
  const value = valueAt(node, key);
  return value?.kind === "scalar" ? value.value : undefined;
}
