import { closest } from "../../../engine/model/closest.js";

/** `did you mean "production"?`, or the names there are; empty where there is none. */
export function suggest(name: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const nearest = closest(name, names);
  const known = `There are: ${names.join(", ")}.`;
  return nearest === undefined ? known : `Did you mean "${nearest}"? ${known}`;
}
