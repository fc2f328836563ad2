/** Fewer characters of base64 than these may be there by chance. */
const LEAST_ENCODED = 12;
/** Lines of base64 are folded at 64 characters or more: of three parts of these, a fold breaks one at most. */
const PART = 20;
const PARTS = 3;

/**
 * How a secret may stand in a text that has a character for each byte: as it is, as JSON spells it, and in
 * base64, behind other bytes, and folded too.
 */
export function spellings(secret: string): readonly string[] {
  const bytes = bytesOf(secret);
  const encoded = [0, 1, 2].flatMap((shift) => encodedParts(bytes, shift));
  const safe = encoded.map((it) => it.replaceAll("+", "-").replaceAll("/", "_"));
  return [...new Set([bytes, JSON.stringify(bytes).slice(1, -1), ...encoded, ...safe])];
}

/** UTF-8, each byte a character. */
function bytesOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** What base64 makes of bytes that stand so many behind others, without what their neighbors decide. */
function encodedParts(bytes: string, shift: number): readonly string[] {
  const encoded = btoa(`${"x".repeat(shift)}${bytes}`).replace(/=+$/u, "");
  const isWhole = (shift + bytes.length) % 3 === 0;
  const certain = encoded.slice([0, 2, 3][shift], isWhole ? undefined : -1);
  if (certain.length < LEAST_ENCODED) return [];
  if (certain.length < PARTS * PART) return [certain];
  return Array.from({ length: PARTS }, (_, part) => certain.slice(part * PART, (part + 1) * PART));
}
