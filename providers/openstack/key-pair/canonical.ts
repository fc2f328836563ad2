import type { JsonObject } from "../../../engine/model/value.js";
import { keyPlaceOf, placeAttributes } from "./key-place.js";
import { observe } from "./remote.js";

/** What is remembered of a key pair, as Nova would tell it now, with what only the state knows. */
export function canonicalKeyPair(existing: JsonObject): JsonObject {
  const { type = "ssh", generated_public_key: own = "" } = existing;
  const { attributes } = observe(existing);
  const generated = observe({ type, public_key: own }).attributes;
  const place = keyPlaceOf(existing);
  return {
    ...attributes,
    ...(place && { ...placeAttributes(place), generated_public_key: generated.public_key }),
    ...(place && existing.delivered === false && { delivered: false }),
  };
}
