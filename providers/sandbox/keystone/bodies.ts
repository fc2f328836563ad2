import { isObject, type JsonObject } from "../../../engine/model/value.js";
import type { Call } from "../http.js";
import { missing } from "./errors.js";

/** The JSON object of a request. */
export function readBody(call: Call): JsonObject {
  const body = parse(call.body);
  if (!isObject(body)) throw missing("valid JSON", "request body");
  return body as JsonObject;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object inside a request; empty for anything else. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? (value as JsonObject) : {};
}

/** A text inside a request; undefined for anything else. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
