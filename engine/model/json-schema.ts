import type { JsonObject } from "./value.js";

/** A JSON Schema (2020-12, the part that the engine's and editors' validators share). */
export type JsonSchema = JsonObject;
