import { isValueList, Sensitive, Unknown, type Value } from "../../../engine/model/value.js";
import type { Findings } from "./findings.js";

/** A declared value and where it stands. */
export interface Field {
  readonly value: Value;
  readonly pointer: string;
}

/** The items of a list, or the lone value. */
export function items({ value, pointer }: Field): readonly Field[] {
  if (!isValueList(value)) return [{ value, pointer }];
  return value.map((item, index) => ({ value: item, pointer: `${pointer}/${index}` }));
}

/** A text that is known before apply. */
export function readText({ value, pointer }: Field, findings: Findings): string | undefined {
  if (typeof value === "string") return value;
  return refuse({ value, pointer }, "a text", findings);
}

/** A text of at most 255 characters; it may be unknown until apply. */
export function readShortText(field: Field, findings: Findings): string | Unknown | undefined {
  if (field.value instanceof Unknown) return field.value;
  const text = readText(field, findings);
  if (text === undefined || [...text].length <= 255) return text;
  return findings.error({
    code: "wrong-value",
    summary: "the text is too long",
    pointer: field.pointer,
    actual: `${[...text].length} characters`,
    expected: "at most 255 characters",
    help: "Shorten it.",
  });
}

export function readInteger({ value, pointer }: Field, findings: Findings): number | undefined {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  return refuse({ value, pointer }, "a whole number", findings);
}

export function readBoolean({ value, pointer }: Field, findings: Findings): boolean | undefined {
  if (typeof value === "boolean") return value;
  return refuse({ value, pointer }, "true or false", findings);
}

/** Reports a value that is not what belongs there. */
export function refuse({ value, pointer }: Field, expected: string, findings: Findings): undefined {
  if (value instanceof Unknown) {
    return findings.error({
      code: "not-known-yet",
      summary: "this value must be known before apply",
      pointer,
      actual: value.toString(),
      expected,
      help: "Write the value itself, or put it into a variable.",
    });
  }
  if (value instanceof Sensitive) {
    return findings.error({
      code: "wrong-value",
      summary: "this value cannot be a secret",
      detail: "Everybody in the project can read it in the cloud.",
      pointer,
      expected,
      help: "Remove `sensitive: true` from the variable if it is none.",
    });
  }
  return findings.error({
    code: "wrong-type",
    summary: `expected ${expected}`,
    pointer,
    actual: JSON.stringify(value),
    expected,
    help: `Write ${expected}.`,
  });
}
