import type { Json } from "../../../engine/model/value.js";
import type { Call } from "../http.js";
import { novaError } from "./errors.js";

/** The JSON of a request; null where there is none. */
export function readJson(call: Call): Json {
  if (call.body === "") return null;
  try {
    return JSON.parse(call.body) as Json;
  } catch {
    throw novaError(400, "Malformed request body");
  }
}
