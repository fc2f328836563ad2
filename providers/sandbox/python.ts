import type { Json } from "../../engine/model/value.js";

/** A JSON value as Python prints it inside the messages. */
export function pythonText(value: Json): string {
  return typeof value === "string" ? value : pythonLiteral(value);
}

/** A JSON value as Python's `repr` writes it. */
export function pythonLiteral(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.includes("'") ? `"${value}"` : `'${value}'`;
  if (isList(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const entries = Object.entries(value);
  return `{${entries.map(([key, it]) => `${pythonLiteral(key)}: ${pythonLiteral(it)}`).join(", ")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
