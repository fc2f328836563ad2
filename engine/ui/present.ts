import type { Json, JsonObject } from "../model/value.js";

/** The members that have a value. */
export function present(members: { readonly [key: string]: Json | undefined }): JsonObject {
  const entries = Object.entries(members).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
