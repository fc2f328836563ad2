import type { Reference } from "./expression.js";

/** Any JSON value, frozen. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A JSON value in which places may be unknown until apply, or secret. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Sensitive
  | readonly Value[]
  | ValueObject;
export interface ValueObject {
  readonly [key: string]: Value;
}

/** A value that only apply will know: an attribute of something not made yet. */
export class Unknown {
  constructor(
    /** The attribute that decides it; absent when the resource's own type does. */
    readonly reference?: Reference,
  ) {}
  /** Never mistaken for a real value, wherever it is printed. */
  toJSON(): string {
    return "(known after apply)";
  }
  toString(): string {
    return this.toJSON();
  }
}

/** What is shown of a secret. */
export const HIDDEN = "(sensitive)";

/** A secret. It prints as `(sensitive)` whoever prints it; only {@link Sensitive.reveal} tells it. */
export class Sensitive {
  readonly #value: Json;
  constructor(value: Json) {
    this.#value = value;
  }
  /** The secret itself: for the call that needs it, never for a view, a log or the state. */
  reveal(): Json {
    return this.#value;
  }
  toJSON(): string {
    return HIDDEN;
  }
  toString(): string {
    return this.toJSON();
  }
  /** What `util.inspect`, and so every crash report, shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toJSON();
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Sensitive)
  );
}

/** A text, number or truth value from outside as text; `""` for anything else, which may not even have a text. */
export function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

/** Whether a value is a mapping, as opposed to a list, scalar, unknown or secret. */
export function isValueObject(value: Value | undefined): value is ValueObject {
  return isObject(value);
}

/** Whether a value is a list. */
export function isValueList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether any part of a value is unknown until apply. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (isValueList(value)) return value.some(hasUnknown);
  return isValueObject(value) && Object.values(value).some(hasUnknown);
}

/** Whether any part of a value is secret. */
export function hasSecret(value: Value): boolean {
  if (value instanceof Sensitive) return true;
  if (isValueList(value)) return value.some(hasSecret);
  return isValueObject(value) && Object.values(value).some(hasSecret);
}

/** The value as plain JSON, secrets and unknowns replaced by their printed form. */
export function redact(value: Value): Json {
  if (value instanceof Unknown || value instanceof Sensitive) return value.toJSON();
  if (isValueList(value)) return value.map(redact);
  if (isValueObject(value)) return mapEntries(value, redact);
  return value;
}

/** An object with each value replaced; a key named `__proto__` stays an ordinary key. */
export function mapEntries<A, B>(
  object: { readonly [key: string]: A },
  change: (value: A, key: string) => B,
): { readonly [key: string]: B } {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value, key)]),
  );
}

/** Whether two JSON values are equal; the order of keys means nothing, that of lists does. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

/** JSON text with sorted keys: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    isObject(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : item,
  );
}
