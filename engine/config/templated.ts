import type { JsonSchema } from "../model/json-schema.js";
import { type Json, mapEntries } from "../model/value.js";
import { isExpressionList, isExpressionMap } from "./expressions.js";
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
    if (MAPS.has(keyword) && isExpressionMap(value)) return mapEntries(value, part);
    if (LISTS.has(keyword) && isExpressionList(value)) return value.map(part);
    if (SAME.has(keyword) && isExpressionMap(value)) return templated(value);
    if (SAME_LISTS.has(keyword) && isExpressionList(value)) return value.map(same);
    return value;
  });
}

/** Notes for editors stay outside, where completion and hover find them. */
const NOTES = ["description", "title", "default", "examples", "deprecated"];

function part(schema: Json): Json {
  if (!isExpressionMap(schema)) return schema;
  const notes = Object.entries(schema).filter(([keyword]) => NOTES.includes(keyword));
  return {
    ...Object.fromEntries(notes),
    if: { type: "string", pattern: EXPRESSION_PATTERN },
    else: templated(schema),
  };
}

function same(schema: Json): Json {
  return isExpressionMap(schema) ? templated(schema) : schema;
}
