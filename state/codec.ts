import { type Address, formatAddress, parseAddress } from "../engine/model/address.js";
import { isObject, type Json, type JsonObject } from "../engine/model/value.js";

/** One part of a file format: how it is written, and how it is read and checked. */
export interface Codec<T> {
  encode(value: T): Json;
  /** Throws {@link Malformed}; `at` is the place in the file, such as `instances[2].id`. */
  decode(value: unknown, at: string): T;
}

/** A key that may be left out. */
export interface OptionalCodec<T> extends Codec<T> {
  readonly optional: true;
}

/** A text that is not of the format. */
export class Malformed extends Error {
  constructor(at: string, expected: string, actual?: unknown) {
    const got = actual === undefined ? "" : `, got ${clip(JSON.stringify(actual))}`;
    super(`${at === "" ? "" : `${at}: `}expected ${expected}${got}`);
  }
}

export const text = scalar("a text", (value) => typeof value === "string");

export const flag = scalar("true or false", (value) => typeof value === "boolean");

/** A whole number from 0. */
export const count = scalar(
  "a whole number",
  (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
);

/** Exactly one of some texts. */
export function word<const T extends string>(...words: readonly T[]): Codec<T> {
  return scalar(words.join(" or "), (value): value is T => words.some((it) => it === value));
}

/** An address, as text. */
export const address: Codec<Address> = {
  encode: formatAddress,
  decode: (value, at) => {
    const found = typeof value === "string" ? parseAddress(value) : undefined;
    if (!found) throw new Malformed(at, "an address such as security_group.web", value);
    return found;
  },
};

/** A JSON object of any content; written with sorted keys, so that equal values are equal texts. */
export const json: Codec<JsonObject> = {
  encode: sortKeys,
  decode: (value, at) => {
    if (!isObject(value)) throw new Malformed(at, "a mapping", value);
    return value as JsonObject;
  },
};

export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    encode: (values) => values.map((it) => item.encode(it)),
    decode: (value, at) => {
      if (!Array.isArray(value)) throw new Malformed(at, "a list", value);
      return value.map((it, index) => item.decode(it, `${at}[${index}]`));
    },
  };
}

export function optional<T>(codec: Codec<T>): OptionalCodec<T> {
  return { ...codec, optional: true };
}

type Fields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? OptionalCodec<T[K]>
    : Codec<T[K]>;
};

/** An object with exactly these keys, in this order, in snake_case. */
export function object<T extends object>(fields: Fields<T>): Codec<T> {
  const codecs: readonly (readonly [string, Codec<unknown>])[] = Object.entries(fields);
  const keys = codecs.map(([name, codec]) => ({ name, key: snakeCase(name), codec }));
  return {
    encode: (value) => {
      const values = new Map<string, unknown>(Object.entries(value));
      const present = keys.filter(({ name }) => values.has(name));
      return Object.fromEntries(
        present.map(({ name, key, codec }) => [key, codec.encode(values.get(name))]),
      );
    },
    decode: (value, at) => {
      if (!isObject(value)) throw new Malformed(at, "a mapping", value);
      const stranger = Object.keys(value).find((key) => !keys.some((it) => it.key === key));
      if (stranger !== undefined) throw new Malformed(join(at, stranger), "no key of that name");
      const present = keys.filter(({ key, codec }) => {
        if (Object.hasOwn(value, key)) return true;
        if ("optional" in codec) return false;
        throw new Malformed(join(at, key), "a value, got none");
      });
      return Object.fromEntries(
        present.map(({ name, key, codec }) => [name, codec.decode(value[key], join(at, key))]),
      ) as T;
    },
  };
}

function scalar<T extends Json>(
  expected: string,
  accepts: (value: unknown) => value is T,
): Codec<T> {
  return {
    encode: (value) => value,
    decode: (value, at) => {
      if (!accepts(value)) throw new Malformed(at, expected, value);
      return value;
    },
  };
}

function sortKeys<T extends Json>(value: T): T;
function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((it: Json) => sortKeys(it));
  if (!isObject(value)) return value;
  const entries: [string, Json][] = Object.entries(value);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

function join(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

function clip(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
