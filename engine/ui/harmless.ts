/**
 * What a terminal would act on, hide or reorder: control and format characters (escape sequences,
 * bidirectional overrides, zero widths, tags), line separators, lone surrogates, blanks that are
 * no plain space, and letters without a shape.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]|(?! )\p{Zs}/gu;

/** The text with every unsafe character spelled as JSON spells it: `\u001b`, `\u202e`, `\n`. */
export function harmless(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const short = SHORT[character];
    if (short !== undefined) return short;
    return Array.from({ length: character.length }, (_, unit) =>
      character.charCodeAt(unit).toString(16).padStart(4, "0"),
    )
      .map((hex) => `\\u${hex}`)
      .join("");
  });
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
