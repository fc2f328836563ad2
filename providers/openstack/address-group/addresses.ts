import { compareTexts } from "../../../engine/model/address.js";
import type { Json, JsonObject, Value } from "../../../engine/model/value.js";
import { parseStoredRange } from "../network/address-range.js";

/** Address ranges as the value of the `addresses` attribute: each by its canonical spelling, sorted. */
export function addressSet(prefixes: Iterable<string>): JsonObject {
  const distinct = [...new Set(prefixes)].sort(compareTexts);
  return Object.fromEntries(distinct.map((prefix) => [prefix, prefix]));
}

/** The inverse of {@link addressSet}. */
export function prefixesOf(addresses: Value | undefined): readonly string[] {
  return typeof addresses === "object" && addresses !== null ? Object.keys(addresses) : [];
}

/** The `addresses` attribute of a group as Neutron answers it. */
export function storedAddresses(group: JsonObject): JsonObject {
  const stored: readonly Json[] = Array.isArray(group.addresses) ? group.addresses : [];
  const texts = stored.filter((it) => typeof it === "string");
  return addressSet(texts.map((it) => parseStoredRange(it)?.prefix ?? it));
}
