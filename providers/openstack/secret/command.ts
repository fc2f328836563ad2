import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { isValueList, Unknown, type Value } from "../../../engine/model/value.js";

/** Reads a command: a program and its arguments, which no shell looks at; undefined where there is none. */
export function decodeCommand(
  value: Value | undefined,
  pointer: string,
  report: (diagnostic: Diagnostic) => void,
): readonly string[] | Unknown | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Unknown) return value;
  if (isValueList(value) && value.some((it) => it instanceof Unknown)) return new Unknown();
  const words = commandOf(value);
  // A NUL cannot be given to a program.
  const isWhole = words !== undefined && words[0] !== "" && !words.some((it) => it.includes("\0"));
  if (isWhole) return words;
  report({
    severity: "error",
    code: "wrong-value",
    summary: "the command is no list of texts that begins with a program",
    pointer,
    expected: "a list such as [vault, kv, put, secret/deploy, private_key=-]",
    help: "give the program and each argument as an item of its own: no shell reads them, and no secret may be among them",
  });
  return new Unknown();
}

/** The words of a canonical command. */
export function commandOf(value: Value | undefined): readonly string[] | undefined {
  if (!isValueList(value) || value.length === 0) return undefined;
  const words = value.filter((it): it is string => typeof it === "string");
  return words.length === value.length ? words : undefined;
}
