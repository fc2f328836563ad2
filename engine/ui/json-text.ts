import type { Json } from "../model/value.js";

/** JSON for people and programs; what a terminal would act on is escaped, which JSON allows. */
export function jsonText(value: Json): string {
  const text = JSON.stringify(value, undefined, 2).replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) =>
      Array.from(
        { length: character.length },
        (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`,
      ).join(""),
  );
  return `${text}\n`;
}
