import { closest, didYouMean } from "../model/closest.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { isObject } from "../model/value.js";
import { alternatives, listed, quote } from "./report.js";
import type { Violation } from "./validator.js";

/** A violation in words, and what it is about. */
export interface Explained
  extends Pick<Diagnostic, "code" | "summary" | "actual" | "expected" | "help"> {
  readonly place:
    | { readonly kind: "value" }
    | { readonly kind: "key-of-value" }
    | { readonly kind: "key"; readonly key: string };
}

/** What is known of the value besides the violation. */
export interface Circumstances {
  /** The way to it from what was checked. */
  readonly keys: readonly string[];
  /** Messages may not show it. */
  readonly secret: boolean;
  /** It comes from an expression: it does not stand in the file as it is. */
  readonly evaluated: boolean;
  /** What was checked, for messages. */
  readonly name: string;
}

type Explain = (violation: Violation, circumstances: Circumstances) => Explained;

/** A violation in the words of the language. */
export function explain(violation: Violation, circumstances: Circumstances): Explained {
  return (KEYWORDS[violation.keyword] ?? limit)(violation, circumstances);
}

const KEYWORDS: Readonly<Record<string, Explain>> = {
  additionalProperties: unknownKey,
  unevaluatedProperties: unknownKey,
  required: missingKey,
  dependentRequired: missingKey,
  type: wrongType,
  enum: wrongWord,
  const: wrongWord,
  pattern: (violation, circumstances) =>
    violation.propertyName === undefined
      ? limit(violation, circumstances)
      : badName(violation.propertyName),
};

function unknownKey({ params, parentSchema, data }: Violation): Explained {
  const key = String(params.additionalProperty ?? params.unevaluatedProperty);
  const keys = keysOf(parentSchema);
  const [only] = keys.length === 1 ? keys : [];
  const isMeant = only !== undefined && !(isObject(data) && only in data);
  const otherwise = isMeant ? (forExample(parentSchema) ?? `use ${quote(only)}`) : "remove it";
  return {
    code: "unknown-key",
    place: { kind: "key", key },
    summary: `unknown key ${quote(key)}`,
    ...(keys.length > 0 && { expected: listed(keys) }),
    help: didYouMean(key, keys, otherwise),
  };
}

/** The keys that the mapping of a schema may have. */
export function keysOf(schema: unknown): readonly string[] {
  const properties = isObject(schema) ? schema.properties : undefined;
  return isObject(properties) ? Object.keys(properties) : [];
}

function missingKey({ params }: Violation, circumstances: Circumstances): Explained {
  const key = String(params.missingProperty);
  return {
    code: "missing-key",
    place: { kind: "key-of-value" },
    summary: `${subject(circumstances)} has no ${quote(key)}`,
    help: `add "${key}: ..."`,
  };
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "nothing",
};

function wrongType(violation: Violation, circumstances: Circumstances): Explained {
  const { params, data, parentSchema } = violation;
  const { secret } = circumstances;
  const types = [params.type].flat().map(String);
  const expected = types
    .filter((type) => type !== "null" || types.length === 1)
    .map((type) => TYPE_WORDS[type] ?? type)
    .join(" or ");
  const hint = secret ? undefined : typeHint(types, violation, circumstances.evaluated);
  const remedy = forExample(parentSchema) ?? `write ${expected}`;
  return {
    code: "wrong-type",
    place: { kind: "value" },
    summary: `${subject(circumstances)} must be ${expected}`,
    actual: secret ? "a sensitive value" : describe(data),
    expected,
    help: hint ?? `${remedy}${data === null ? ", or remove the key" : ""}`,
  };
}

/** The spellings of true and false that YAML 1.1 had and YAML 1.2 reads as text. */
const OLD_BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["y", "yes", "on", "true"].map((word) => [word, true] as const),
  ...["n", "no", "off", "false"].map((word) => [word, false] as const),
]);

function typeHint(
  types: readonly string[],
  { data, parentSchema }: Violation,
  evaluated: boolean,
): string | undefined {
  if (evaluated) {
    const convertible = types.includes("string") && typeof data === "number";
    return convertible ? "convert it: ${text(...)}" : "change what the expression refers to";
  }
  const scalar = typeof data === "number" || typeof data === "boolean";
  if (types.includes("string") && scalar) return `put it in quotes: "${data}"`;
  if (typeof data === "string") return hintForText(types, data, parentSchema);
  if (data === null && types.includes("array")) return "write [] where nothing is to be listed";
  const mapping = types.includes("array") && isObject(data);
  if (mapping) return 'write a list: put "- " before each item';
  if (data === null && types.includes("object")) return "write {} where nothing is to be said";
  return types.includes("array") && scalar ? `write a list: [${data}]` : undefined;
}

function hintForText(types: readonly string[], text: string, schema: unknown): string | undefined {
  const meant = OLD_BOOLEANS.get(text.toLowerCase());
  if (types.includes("boolean") && meant !== undefined) {
    return text === String(meant)
      ? `write ${meant} without quotes`
      : `write ${meant}; ${quote(text)} is a text`;
  }
  const numeric = types.includes("number") || types.includes("integer");
  if (numeric && /^-?\d+$/u.test(text)) return `remove the quotes: ${text}`;
  if (types.includes("array")) {
    return listsMappings(schema) ? undefined : `write a list: [${quote(text)}]`;
  }
  const unspaced = types.includes("object") && /^[\w-]+:\S/u.test(text);
  return unspaced ? 'write a space behind the ":"' : undefined;
}

function listsMappings(schema: unknown): boolean {
  const items = isObject(schema) ? schema.items : undefined;
  const item = isObject(items) ? (items.else ?? items) : undefined;
  return isObject(item) && item.type === "object";
}

function wrongWord(violation: Violation, circumstances: Circumstances): Explained {
  const { params, data } = violation;
  const { secret } = circumstances;
  const allowed: unknown = params.allowedValues ?? [params.allowedValue];
  const words: readonly unknown[] = Array.isArray(allowed) ? allowed : [];
  const texts = words.filter((word) => typeof word === "string");
  const suggestion = typeof data === "string" && !secret ? closest(data, texts) : undefined;
  const shown = texts.length === words.length ? listed(texts) : words.map(describe).join(", ");
  return {
    code: "wrong-value",
    place: { kind: "value" },
    summary: `${subject(circumstances)} may not be ${secret ? "this" : describe(data)}`,
    expected: shown,
    help: suggestion === undefined ? `use ${shown}` : `did you mean ${quote(suggestion)}?`,
  };
}

function badName(name: string): Explained {
  return {
    code: "bad-name",
    place: { kind: "key", key: name },
    summary: `${quote(name)} cannot be a name`,
    expected: 'letters, digits, "_" and "-", with a letter or "_" first',
    help: "rename it",
  };
}

/** In which words a keyword with one limit says what it expects. */
const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  minLength: (limit) => (limit === 1 ? "a text that is not empty" : `at least ${limit} characters`),
  maxLength: (limit) => `at most ${limit} characters`,
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  exclusiveMinimum: (limit) => `more than ${limit}`,
  exclusiveMaximum: (limit) => `less than ${limit}`,
  multipleOf: (limit) => `a multiple of ${limit}`,
  minItems: (limit) => (limit === 1 ? "at least one item" : `at least ${limit} items`),
  maxItems: (limit) => `at most ${limit} items`,
  minProperties: (limit) => (limit === 1 ? "at least one key" : `at least ${limit} keys`),
  maxProperties: (limit) => (limit === 1 ? "one key only" : `at most ${limit} keys`),
  uniqueItems: () => "each item once",
  pattern: (limit) => `a text that matches ${limit}`,
};

/** What to do about a limit, where that is not to write what is expected. */
const REMEDIES: Readonly<Record<string, (limit: unknown) => string>> = {
  minLength: () => "write a text, or remove the key",
  maxLength: (limit) => `shorten it to ${limit} characters`,
  minItems: () => "add what is missing, or remove the key",
  maxItems: (limit) => `keep ${limit} of them`,
  minProperties: () => "add what is missing, or remove the key",
  maxProperties: (limit) => (limit === 1 ? "keep one of the keys" : `keep ${limit} of the keys`),
  uniqueItems: () => "remove what is there twice",
};

function limit(violation: Violation, circumstances: Circumstances): Explained {
  const { keyword, schema, parentSchema, data } = violation;
  const expected = between(parentSchema) ?? LIMITS[keyword]?.(schema) ?? "another value";
  const remedy = REMEDIES[keyword]?.(schema) ?? `write ${expected}`;
  const counted = typeof data === "object" && data !== null;
  const shown = circumstances.secret ? "this" : describe(data);
  const complaint = counted ? `must have ${expected}` : `may not be ${shown}`;
  return {
    code: "wrong-value",
    place: { kind: "value" },
    summary: `${subject(circumstances)} ${complaint}`,
    expected,
    help: forExample(parentSchema) ?? remedy,
  };
}

/** Both limits of a number, where both are there. */
function between(schema: unknown): string | undefined {
  const { minimum, maximum } = isObject(schema) ? schema : {};
  const both = minimum !== undefined && maximum !== undefined;
  return both ? `${minimum} to ${maximum}` : undefined;
}

/** `write for example "2027-06-30" or {"in":"90d"}`. */
function forExample(schema: unknown): string | undefined {
  const examples = isObject(schema) ? schema.examples : undefined;
  if (!Array.isArray(examples) || examples.length === 0) return undefined;
  const texts = examples.slice(0, MAX_EXAMPLES).map((it) => JSON.stringify(it));
  return `write for example ${alternatives(texts)}`;
}

const MAX_EXAMPLES = 3;

/** What a message is about: the last key, or the item of the list under it. */
function subject({ keys, name }: Circumstances): string {
  const last = keys.at(-1);
  if (last === undefined) return name;
  if (!/^\d+$/u.test(last)) return quote(last);
  const list = keys.at(-2);
  return `item ${Number(last) + 1}${list === undefined ? "" : ` of ${quote(list)}`}`;
}

/** A value as messages show it. */
export function describe(value: unknown): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : String(value);
}
