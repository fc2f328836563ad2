import jsonPatch from "fast-json-patch";
import { parsePointer } from "../model/expression.js";
import type { NameOf } from "../model/name-of.js";
import type { AttributeChange } from "../model/plan.js";
import type { ResourceType } from "../model/resource-type.js";
import {
  isValueList,
  isValueObject,
  mapEntries,
  Sensitive,
  Unknown,
  type Value,
  type ValueObject,
} from "../model/value.js";

/**
 * What differs between two sets of attributes. Only what `after` has is compared: the rest is
 * not managed. A mapping differs member by member, anything else as a whole.
 */
export function diff(
  type: ResourceType,
  before: ValueObject,
  after: ValueObject,
  nameOf: NameOf,
): readonly AttributeChange[] {
  const keys = Object.keys(after).filter((key) => !type.attributes[key]?.createOnly);
  const pick = (from: ValueObject): ValueObject =>
    Object.fromEntries(
      keys.filter((key) => Object.hasOwn(from, key)).map((key) => [key, from[key] ?? null]),
    );
  const operations = jsonPatch.compare(comparable(pick(before)), comparable(pick(after)));
  const paths = new Map<string, readonly string[]>();
  for (const operation of operations) {
    const path = shorten(parsePointer(operation.path), before, after);
    paths.set(JSON.stringify(path), path);
  }
  return [...paths.values()].map((path) => describe(type, path, before, after, nameOf));
}

/** Unknowns and secrets as plain values that equal nothing but themselves. */
function comparable(value: ValueObject): Record<string, unknown> {
  const encode = (item: Value): unknown => {
    if (item instanceof Unknown) return { "\u0000unknown": item.reference?.path ?? [] };
    if (item instanceof Sensitive) return { "\u0000sensitive": item.reveal() };
    if (isValueList(item)) return item.map(encode);
    return isValueObject(item) ? mapEntries(item, encode) : item;
  };
  return { ...mapEntries(value, encode) };
}

/** The path up to the attribute, or the member of an attribute that is a mapping on both sides. */
function shorten(
  path: readonly string[],
  before: ValueObject,
  after: ValueObject,
): readonly string[] {
  const [attribute = ""] = path;
  const isMapping = (side: ValueObject) =>
    isValueObject(side[attribute]) || side[attribute] === undefined;
  return path.slice(0, isMapping(before) && isMapping(after) ? 2 : 1);
}

function describe(
  type: ResourceType,
  path: readonly string[],
  before: ValueObject,
  after: ValueObject,
  nameOf: NameOf,
): AttributeChange {
  const [attribute = "", member] = path;
  const old = valueAt(before, path);
  const wanted = valueAt(after, path);
  const shown = wanted ?? old ?? null;
  return {
    path,
    kind: old === undefined ? "add" : wanted === undefined ? "remove" : "change",
    ...(old !== undefined && { before: old }),
    ...(wanted !== undefined && { after: wanted }),
    ...(member !== undefined && type.label && { label: type.label(attribute, shown, nameOf) }),
    ...(type.attributes[attribute]?.forcesReplacement && { forcesReplacement: true as const }),
  };
}

function valueAt(attributes: ValueObject, path: readonly string[]): Value | undefined {
  let value: Value | undefined = attributes;
  for (const key of path) {
    value = isValueObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/** Every attribute as added, mappings member by member: what a creation or deletion shows. The type's own notes are none. */
export function spread(
  type: ResourceType,
  attributes: ValueObject,
  kind: "add" | "remove",
  nameOf: NameOf,
): readonly AttributeChange[] {
  const paths = Object.keys(attributes)
    .filter((key) => !type.attributes[key]?.internal)
    .sort()
    .flatMap((key): readonly (readonly string[])[] => {
      const value = attributes[key];
      return isValueObject(value) ? Object.keys(value).map((member) => [key, member]) : [[key]];
    });
  const [before, after] = kind === "add" ? [{}, attributes] : [attributes, {}];
  return paths.map((path) => {
    const { forcesReplacement: _, ...change } = describe(type, path, before, after, nameOf);
    return change;
  });
}
