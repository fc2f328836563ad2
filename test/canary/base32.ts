const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648, without padding. */
export function encodeBase32(text: string): string {
  const bits = [...Buffer.from(text)].map((it) => it.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/gu) ?? [];
  return groups.map((it) => ALPHABET[Number.parseInt(it.padEnd(5, "0"), 2)]).join("");
}
