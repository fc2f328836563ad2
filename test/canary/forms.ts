import type { Secret } from "./secret.js";

type Form = readonly [name: string, spell: (secret: Secret) => Buffer | undefined];

/** In how many bytes behind others a secret may begin within three that base64 packs together. */
const SHIFTS = [0, 1, 2] as const;

/** The spellings in which a secret is looked for as it is; the others are undone by views.ts. */
export const SPELLINGS: readonly Form[] = [
  ["raw", ({ bytes }) => bytes],
  ["reversed", reversed],
  ["UTF-16LE", ({ bytes, isText }) => (isText ? wide(bytes) : undefined)],
  ["UTF-16BE", ({ bytes, isText }) => (isText ? Buffer.from(wide(bytes)).swap16() : undefined)],
  ["hex", ({ bytes }) => Buffer.from(bytes.toString("hex"))],
  ["hex in capitals", ({ bytes }) => Buffer.from(bytes.toString("hex").toUpperCase())],
  ...SHIFTS.map((shift): Form => [`base64 ${shift}`, (it) => packed(it.bytes, shift, "base64")]),
  ...SHIFTS.map(
    (shift): Form => [`base64url ${shift}`, (it) => packed(it.bytes, shift, "base64url")],
  ),
];

function reversed({ bytes, isText }: Secret): Buffer {
  if (!isText) return Buffer.from(bytes).reverse();
  return Buffer.from([...bytes.toString()].reverse().join(""));
}

function wide(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString(), "utf16le");
}

/** What base64 makes of it so many bytes behind others, without the characters that neighbours decide. */
function packed(bytes: Buffer, shift: number, alphabet: "base64" | "base64url"): Buffer {
  const before = Buffer.alloc(shift);
  const whole = Buffer.concat([before, bytes]).toString(alphabet).replace(/=+$/u, "");
  const begin = Math.ceil((shift * 8) / 6);
  const end = Math.floor(((shift + bytes.length) * 8) / 6);
  return Buffer.from(whole.slice(begin, end));
}
