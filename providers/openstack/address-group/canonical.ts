import type { JsonObject } from "../../../engine/model/value.js";
import { prefixesOf } from "./addresses.js";
import { storedAttributes } from "./list.js";

/** What is remembered of a group, as Neutron would answer it now. */
export function canonicalAddressGroup(existing: JsonObject): JsonObject {
  return storedAttributes({ ...existing, addresses: prefixesOf(existing.addresses) });
}
