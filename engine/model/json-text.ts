import { isObject, type Json } from "./value.js";

/** Lists and mappings inside each other: deeper than any real text, and safe for every recursion. */
const MAX_DEPTH = 100;

/** JSON from outside. Throws SyntaxError for what is no JSON, and for what is nested too deep. */
export function parseJsonText(text: string): Json {
  const value: Json = JSON.parse(text);
  if (!isDeeper(value, MAX_DEPTH)) return value;
  throw new SyntaxError(`lists and mappings are nested more than ${MAX_DEPTH} deep`);
}

/** JSON from outside; undefined for what is none. */
export function readJsonText(text: string): Json | undefined {
  try {
    return parseJsonText(text);
  } catch {
    return undefined;
  }
}

/** A JSON object from outside; an empty one for what is none. */
export function readJsonObject(text: string): Readonly<Record<string, unknown>> {
  const value = readJsonText(text);
  return isObject(value) ? value : {};
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
