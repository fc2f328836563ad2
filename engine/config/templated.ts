import type { JsonSchema } from "../model/provider.js";
import { isObject, type Json, type JsonObject, mapEntries } from "../model/value.js";
import { EXPRESSION_PATTERN } from "./parse-template.js";

/** Keywords whose schemas are of the parts of a value. */
const LISTS = new Set(["prefixItems"]);
const MAPS = new Set(["properties", "patternProperties"]);
const PARTS = new Set(["items", "additionalProperties", "unevaluatedProperties", "contains"]);
/** Keywords whose schemas are of the same value. `if` is left as it is: it forbids nothing. */
const SAME_LISTS = new Set(["allOf", "anyOf", "oneOf"]);
const SAME = new Set(["then", "else"]);

/** The schema in which a text with `${...}` may stand at every place but the outermost. */
export function templated(schema: JsonSchema): JsonSchema {
  return mapEntries(schema, (value, keyword): Json => {
    if (PARTS.has(keyword)) return part(value);
    if (MAPS.has(keyword) && isJsonObject(value)) return mapEntries(value, part);
    if (LISTS.has(keyword) && isList(value)) return value.map(part);
    if (SAME.has(keyword) && isJsonObject(value)) return templated(value);
    if (SAME_LISTS.has(keyword) && isList(value)) return value.map(same);
    return value;
  });
}

/** Notes for editors stay outside, where completion and hover find them. */
const NOTES = ["description", "title", "default", "examples", "deprecated"];

function part(schema: Json): Json {
  if (!isJsonObject(schema)) return schema;
  const notes = Object.entries(schema).filter(([keyword]) => NOTES.includes(keyword));
  return {
    ...Object.fromEntries(notes),
    if: { type: "string", pattern: EXPRESSION_PATTERN },
    else: templated(schema),
  };
}

function same(schema: Json): Json {
  return isJsonObject(schema) ? templated(schema) : schema;
}

function isJsonObject(value: Json): value is JsonObject {
  return isObject(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
