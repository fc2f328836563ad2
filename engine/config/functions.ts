import { asText } from "../model/expression.js";
import type { Json, JsonObject } from "../model/value.js";
import { isExpressionList, isExpressionMap } from "./expressions.js";
import { MAX_WEIGHT } from "./weight.js";

/** Why a call has no value. */
export interface CallFailure {
  readonly code: "file-missing" | "missing-reference" | "yaml-encoding" | "yaml-too-large";
  readonly summary: string;
  readonly help: string;
}

/** `pending`: a file that was not read yet; the evaluation is repeated when it is. */
export type CallResult =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "failure"; readonly failure: CallFailure }
  | { readonly kind: "pending" };

/** What functions may ask of the outside. */
export interface Outside {
  readonly file: (path: string) => CallResult;
  readonly env: (name: string) => string | undefined;
}

/** A function of the language. */
export interface LanguageFunction {
  /** How it is called and what it answers. */
  readonly signature: string;
  readonly description: string;
  /** The kinds of its arguments; with `rest`, the last repeats. */
  readonly parameters: readonly Parameter[];
  readonly rest?: true;
  readonly call: (values: readonly Json[], outside: Outside) => CallResult;
}

/** What an argument may be. */
export type Parameter = "text" | "list" | "mapping" | "list, mapping or text";

/** All functions there are. */
export const FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  [
    "file",
    {
      signature: "file(path): text",
      description: "The content of a UTF-8 file; the path is relative to the configuration.",
      parameters: ["text"],
      call: ([path], { file }) => file(text(path)),
    },
  ],
  [
    "env",
    {
      signature: "env(name): text",
      description: "An environment variable, which must be set. Not for secrets: plans show it.",
      parameters: ["text"],
      call: ([name], { env }) => environmentVariable(text(name), env),
    },
  ],
  [
    "lower",
    {
      signature: "lower(text): text",
      description: "The text in lower case.",
      parameters: ["text"],
      call: ([value]) => answer(text(value).toLowerCase()),
    },
  ],
  [
    "upper",
    {
      signature: "upper(text): text",
      description: "The text in upper case.",
      parameters: ["text"],
      call: ([value]) => answer(text(value).toUpperCase()),
    },
  ],
  [
    "text",
    {
      signature: "text(value): text",
      description: "A number or text as text.",
      parameters: ["text"],
      call: ([value]) => answer(text(value)),
    },
  ],
  [
    "join",
    {
      signature: "join(separator, list): text",
      description: "The items of a list as one text.",
      parameters: ["text", "list"],
      call: ([separator, items]) => joinTexts(text(separator), list(items)),
    },
  ],
  [
    "concat",
    {
      signature: "concat(list, list...): list",
      description: "The items of several lists in one.",
      parameters: ["list"],
      rest: true,
      call: (lists) => answer(lists.flatMap(list)),
    },
  ],
  [
    "keys",
    {
      signature: "keys(mapping): list",
      description: "The keys of a mapping, sorted.",
      parameters: ["mapping"],
      call: ([map]) => answer(Object.keys(mapping(map)).sort()),
    },
  ],
  [
    "length",
    {
      signature: "length(value): number",
      description: "The number of items, keys or characters.",
      parameters: ["list, mapping or text"],
      call: ([value]) => answer(lengthOf(value)),
    },
  ],
]);

/** Whether a value may be an argument of this kind. */
export function accepts(parameter: Parameter, value: Json): boolean {
  const isText = typeof value === "string";
  const isList = isExpressionList(value);
  if (parameter === "text") return isText || typeof value === "number";
  if (parameter === "list") return isList;
  return isExpressionMap(value) || (parameter !== "mapping" && (isList || isText));
}

function answer(value: Json): CallResult {
  return { kind: "value", value };
}

function environmentVariable(name: string, env: Outside["env"]): CallResult {
  const value = env(name);
  if (value !== undefined) return answer(value);
  return {
    kind: "failure",
    failure: {
      code: "missing-reference",
      summary: `the environment variable ${JSON.stringify(name)} is not set`,
      help: "set it, or use a variable with a default",
    },
  };
}

function joinTexts(separator: string, items: readonly Json[]): CallResult {
  if (separator.length * items.length <= MAX_WEIGHT) {
    return answer(items.map(asText).join(separator));
  }
  return {
    kind: "failure",
    failure: {
      code: "yaml-too-large",
      summary: "the joined text would be too large",
      help: "use a shorter separator",
    },
  };
}

function lengthOf(value: Json | undefined): number {
  if (typeof value === "string") return [...value].length;
  return isExpressionList(value) ? value.length : Object.keys(mapping(value)).length;
}

function text(value: Json | undefined): string {
  return asText(value ?? "");
}

function list(value: Json | undefined): readonly Json[] {
  return isExpressionList(value) ? value : [];
}

function mapping(value: Json | undefined): JsonObject {
  return isExpressionMap(value) ? value : {};
}
