import {
  equalJson,
  hasUnknown,
  type Json,
  type JsonObject,
  redact,
  type ValueObject,
} from "../../../engine/model/value.js";

/** What is desired of these keys and differs from what exists, as a request's body has it. */
export function changedFields(
  keys: readonly string[],
  desired: ValueObject,
  existing: JsonObject,
): JsonObject {
  const entries = keys.flatMap((key): [string, Json][] => {
    const value = desired[key];
    if (value === undefined) return [];
    if (hasUnknown(value)) throw new TypeError(`${key} is still unknown when it is needed`);
    const json = redact(value);
    return equalJson(json, existing[key]) ? [] : [[key, json]];
  });
  return Object.fromEntries(entries);
}
