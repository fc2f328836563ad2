import type { JsonSchema } from "../model/json-schema.js";
import type { Json } from "../model/value.js";
import { isExpressionList, isExpressionMap } from "./expressions.js";

/**
 * Where a type's schema takes bare addresses: `"x-reference": "TYPE"` at a text, or a list of types.
 * Where there are several, the id arrives as `TYPE:ID`, since an id alone does not tell its type.
 */
export interface ReferencePlaces {
  /** The types of resources that a text here may name. */
  readonly types: readonly string[];
  readonly keys: ReadonlyMap<string, ReferencePlaces>;
  /** Of each item of a list. */
  readonly items?: ReferencePlaces;
}

const SAME = ["then", "else"];
const SAME_LISTS = ["allOf", "anyOf", "oneOf"];

/** The places in a schema; undefined where there are none. */
export function referencePlaces(schema: Json | undefined): ReferencePlaces | undefined {
  if (!isExpressionMap(schema)) return undefined;
  return [own(schema), ...alternatives(schema).map(referencePlaces)].reduce(merge, undefined);
}

/** Schemas of the same value. */
function alternatives(schema: JsonSchema): readonly Json[] {
  const single = SAME.map((keyword) => schema[keyword]).filter((it) => it !== undefined);
  const lists = SAME_LISTS.flatMap((keyword) => {
    const list = schema[keyword];
    return isExpressionList(list) ? list : [];
  });
  return [...single, ...lists];
}

function own(schema: JsonSchema): ReferencePlaces | undefined {
  const types = typesOf(schema["x-reference"]);
  const items = referencePlaces(schema.items);
  const keys = new Map<string, ReferencePlaces>();
  const properties = isExpressionMap(schema.properties) ? schema.properties : {};
  for (const [key, value] of Object.entries(properties)) {
    const places = referencePlaces(value);
    if (places) keys.set(key, places);
  }
  if (types.length === 0 && !items && keys.size === 0) return undefined;
  return { types, ...(items && { items }), keys };
}

function typesOf(named: Json | undefined): readonly string[] {
  const list = isExpressionList(named) ? named : [named];
  return list.filter((type): type is string => typeof type === "string");
}

function merge(
  a: ReferencePlaces | undefined,
  b: ReferencePlaces | undefined,
): ReferencePlaces | undefined {
  if (!a || !b) return a ?? b;
  const types = [...new Set([...a.types, ...b.types])];
  const items = merge(a.items, b.items);
  const keys = new Map(a.keys);
  for (const [key, places] of b.keys) keys.set(key, merge(keys.get(key), places) ?? places);
  return { types, ...(items && { items }), keys };
}
