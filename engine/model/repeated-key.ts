import { lineNumberAt } from "./source.js";

/** A key that stands twice in one mapping. */
export interface RepeatedKey {
  /** As JSON. */
  readonly key: string;
  /** The line of the second one, from 1 on. */
  readonly line: number;
}

const [QUOTE, BACKSLASH, COLON, OPEN, CLOSE] = [34, 92, 58, 123, 125];
const BLANKS = new Set([9, 10, 13, 32]);

/** The first key that well-formed JSON repeats, as a merge by hand may leave it; parsers take the last one silently. */
export function repeatedKey(text: string): RepeatedKey | undefined {
  const mappings: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === OPEN) mappings.push(new Set());
    else if (character === CLOSE) mappings.pop();
    if (character !== QUOTE) continue;
    const end = endOfText(text, at);
    const keys = isKey(text, end) ? mappings.at(-1) : undefined;
    const key = keys && spelled(text.slice(at, end));
    if (key !== undefined && keys?.has(key)) return { key, line: lineNumberAt(text, at) };
    if (key !== undefined) keys?.add(key);
    at = end - 1;
  }
  return undefined;
}

/** The one spelling of a text among those with escapes. */
function spelled(text: string): string {
  return text.includes("\\") ? JSON.stringify(JSON.parse(text)) : text;
}

/** The place behind a text's closing quote. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) return at + 1;
    if (character === BACKSLASH) at++;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (BLANKS.has(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === COLON;
}
