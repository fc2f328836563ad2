/** A backslash, also in a URL, and in a URL in a URL. */
const BACKSLASH = String.raw`(?:\\|%(?:25)*5[cC])`;

/** JSON doubles the backslashes before a character each time that it packs itself; bounded, so that no text takes long. */
const ESCAPES = `${BACKSLASH}{0,16}`;

const HTML_NAMES: Readonly<Record<string, string>> = {
  "&": "amp",
  "<": "lt",
  ">": "gt",
  '"': "quot",
  "'": "apos",
};

/** Letters, digits and what else nobody has to escape, nor a pattern. */
const PLAIN = /^[\w-]$/u;

/**
 * Finds a text as JSON, Python, URLs, forms and HTML spell it, in each other too: clouds and proxies
 * quote what they refuse in whatever way their messages are made.
 */
export function respelledAs(text: string): RegExp {
  const parts = text.match(/\\+|[^\\]/gu) ?? [];
  const patterns = parts.map((part, index) => {
    if (part.startsWith("\\")) return backslashes(part.length, index === 0);
    if (PLAIN.test(part)) return part;
    // After backslashes there is no telling which of them escape.
    const isBehind = parts[index - 1]?.startsWith("\\");
    return `${isBehind ? "" : ESCAPES}(?:${spellingsOf(part).join("|")})`;
  });
  return new RegExp(patterns.join(""), "gu");
}

/** At least so many; at the beginning all that there are, so that a long row is looked at once. */
function backslashes(count: number, isFirst: boolean): string {
  const begin = isFirst ? `(?<!${BACKSLASH})` : "";
  return `(?:${begin}${BACKSLASH}{${count},}|(?:${inHtml("\\")}){${count}})`;
}

function spellingsOf(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...new TextEncoder().encode(character)];
  const short = SHORT[character];
  return [
    ...(character === " " ? [String.raw`\+|%(?:25)*2[bB]`] : []),
    ...(short === undefined ? [] : [short]),
    bytes.map((byte) => `%(?:25)*${hex(byte, 2)}`).join(""),
    character
      .split("")
      .map((unit) => `u${hex(unit.charCodeAt(0), 4)}`)
      .join(ESCAPES),
    bytes.map((byte) => `x${hex(byte, 2)}`).join(ESCAPES),
    ...(code < 256 ? [`x${hex(code, 2)}`] : []),
    `U${hex(code, 8)}`,
    inHtml(character),
    // The last: it may be the beginning of another, as of %25 and &amp;.
    literal(character),
  ];
}

/** Line ends and the like, as JSON and Python write them behind a backslash. */
const SHORT: Readonly<Record<string, string>> = {
  "\n": "n",
  "\r": "r",
  "\t": "t",
  "\b": "b",
  "\f": "f",
};

function literal(character: string): string {
  return character.replace(/[$()*+./?[\\\]^{|}]/u, String.raw`\$&`);
}

function inHtml(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const numbers = `#0*${code}|#[xX]0*${hex(code, 1)}`;
  const name = HTML_NAMES[character];
  return `&(?:amp;)*(?:${name === undefined ? numbers : `${name}|${numbers}`});`;
}

/** In capitals or not. */
function hex(number: number, digits: number): string {
  return number
    .toString(16)
    .padStart(digits, "0")
    .replaceAll(/[a-f]/gu, (it) => `[${it}${it.toUpperCase()}]`);
}
