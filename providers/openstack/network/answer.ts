import { isObject, type Json, type JsonObject } from "../../../engine/model/value.js";

/** The objects of a list in an answer. */
export function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((it: Json): it is JsonObject => isObject(it)) : [];
}

/** A text of an answer; Neutron gives null for some that were never set. */
export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
