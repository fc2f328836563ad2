import { isValueObject, type JsonObject, mapEntries } from "./value.js";

/** Attributes without these members of their sets, each given by its attribute and its key. */
export function withoutMembers(
  attributes: JsonObject,
  paths: readonly (readonly string[])[],
): JsonObject {
  const gone = new Set(paths.map((it) => JSON.stringify(it)));
  return mapEntries(attributes, (value, attribute) => {
    if (!isValueObject(value)) return value;
    const left = Object.entries(value).filter(
      ([key]) => !gone.has(JSON.stringify([attribute, key])),
    );
    return Object.fromEntries(left);
  });
}
