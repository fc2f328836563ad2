import type { Address } from "./address.js";
import { formatAddress } from "./address.js";
import type { SourceRange } from "./source.js";
import { type Json, Sensitive, Unknown, type Value } from "./value.js";

/** `type.name.attribute` inside `${...}`: an attribute of another resource instance. */
export interface Reference {
  readonly address: Address;
  /** The attribute, and the way inside it: `["id"]`, `["roles", "0"]`. */
  readonly path: readonly string[];
  readonly range: SourceRange;
}

/**
 * A text with references in it. Variables, locals, functions and `each` are already
 * replaced: what is left are attributes of other resources.
 */
export class Template {
  constructor(
    /**
     * A lone reference keeps the attribute's own type; otherwise the parts make one text. None at
     * all stands for what could not be evaluated: it is unknown.
     */
    readonly parts: readonly (string | Reference)[],
  ) {}
}

/** A declared value before the attributes it refers to are known. */
export type Expression =
  | null
  | boolean
  | number
  | string
  | Sensitive
  | Template
  | readonly Expression[]
  | { readonly [key: string]: Expression };

/** Answers a reference: the attribute's value, or Unknown where apply will decide it. */
export type Lookup = (reference: Reference) => Value;

/** Replaces each reference by what `lookup` answers. */
export function evaluate(expression: Expression, lookup: Lookup): Value {
  if (expression instanceof Template) return evaluateTemplate(expression, lookup);
  if (expression instanceof Sensitive) return expression;
  if (isList(expression)) return expression.map((item) => evaluate(item, lookup));
  if (isMap(expression)) {
    return Object.fromEntries(
      Object.entries(expression).map(([key, item]) => [key, evaluate(item, lookup)]),
    );
  }
  return expression;
}

function evaluateTemplate(template: Template, lookup: Lookup): Value {
  const [first, ...rest] = template.parts;
  if (first === undefined) return new Unknown();
  if (typeof first === "object" && rest.length === 0) return lookup(first);
  const values = template.parts.map((part) => (typeof part === "string" ? part : lookup(part)));
  const unknown = values.find((value) => value instanceof Unknown);
  if (unknown) return unknown;
  const text = values
    .map((value) => asText(value instanceof Sensitive ? value.reveal() : (value as Json)))
    .join("");
  return values.some((value) => value instanceof Sensitive) ? new Sensitive(text) : text;
}

/** How a value reads inside a text: strings as they are, everything else as JSON. */
export function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A reference found in an expression, with the JSON pointer of its place. */
export interface PlacedReference {
  readonly reference: Reference;
  readonly pointer: string;
}

/** Every reference in an expression, in document order. */
export function referencesIn(expression: Expression, pointer = ""): readonly PlacedReference[] {
  if (expression instanceof Template) {
    return expression.parts
      .filter((part) => typeof part === "object")
      .map((reference) => ({ reference, pointer }));
  }
  if (expression instanceof Sensitive) return [];
  if (isList(expression)) {
    return expression.flatMap((item, index) => referencesIn(item, `${pointer}/${index}`));
  }
  if (isMap(expression)) {
    return Object.entries(expression).flatMap(([key, item]) =>
      referencesIn(item, `${pointer}/${escapePointer(key)}`),
    );
  }
  return [];
}

/** `security_group.web.id`, as written. */
export function formatReference(reference: Reference): string {
  return [formatAddress(reference.address), ...reference.path].join(".");
}

/** A key as a segment of a JSON pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The keys of a JSON pointer (RFC 6901). */
export function parsePointer(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function isList(expression: Expression): expression is readonly Expression[] {
  return Array.isArray(expression);
}

function isMap(expression: Expression): expression is { readonly [key: string]: Expression } {
  return typeof expression === "object" && expression !== null;
}
