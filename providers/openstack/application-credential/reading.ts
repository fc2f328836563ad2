import {
  isValueList,
  isValueObject,
  redact,
  Sensitive,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import type { Mistakes } from "./mistakes.js";

/** A declared value: Unknown until apply, or undefined where it is absent, null or wrong. */
export type Read<T> = T | Unknown | undefined;

/** The text at a place. */
export function readText(value: Value | undefined, at: string, mistakes: Mistakes): Read<string> {
  return read(value, at, mistakes, "a text", (it) => (typeof it === "string" ? it : undefined));
}

/** The boolean at a place. */
export function readFlag(value: Value | undefined, at: string, mistakes: Mistakes): Read<boolean> {
  return read(value, at, mistakes, "true or false", (it) =>
    typeof it === "boolean" ? it : undefined,
  );
}

/** The list at a place. */
export function readList(
  value: Value | undefined,
  at: string,
  mistakes: Mistakes,
): Read<readonly Value[]> {
  return read(value, at, mistakes, "a list", (it) => (isValueList(it) ? it : undefined));
}

/** The mapping at a place. */
export function readMapping(
  value: Value | undefined,
  at: string,
  mistakes: Mistakes,
  expected = "a mapping",
): Read<ValueObject> {
  return read(value, at, mistakes, expected, (it) => (isValueObject(it) ? it : undefined));
}

function read<T>(
  value: Value | undefined,
  at: string,
  mistakes: Mistakes,
  expected: string,
  take: (value: Value) => T | undefined,
): Read<T> {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Unknown) return value;
  if (value instanceof Sensitive) {
    mistakes.error("wrong-value", at, "a secret may not stand here", {
      detail: "The cloud, the state and the plan show this value to everybody who may read them.",
      help: "Use a value that is not sensitive.",
    });
    return undefined;
  }
  const taken = take(value);
  if (taken === undefined) {
    mistakes.error("wrong-type", at, "a value of another type is expected here", {
      actual: JSON.stringify(redact(value)),
      expected,
    });
  }
  return taken;
}
