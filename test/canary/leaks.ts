import { gzipSync } from "node:zlib";
import type { Secret } from "./secret.js";

/** A deliberate leak: how it is found, and what was written. */
export type Leak = readonly [form: string, spell: (secret: Secret) => Buffer];

const SHIFTS = [0, 1, 2] as const;

/** A leak in each form, as some program would write it. */
export const LEAKS: readonly Leak[] = [
  ["raw", ({ bytes }) => bytes],
  ["reversed", ({ bytes }) => Buffer.from([...bytes.toString()].reverse().join(""))],
  ["UTF-16LE", ({ bytes }) => Buffer.from(`password=${bytes}`, "utf16le")],
  ["UTF-16BE", ({ bytes }) => Buffer.from(`password=${bytes}`, "utf16le").swap16()],
  ["hex", ({ bytes }) => Buffer.from(bytes.toString("hex"))],
  ["hex in capitals", ({ bytes }) => Buffer.from(bytes.toString("hex").toUpperCase())],
  ...SHIFTS.flatMap((shift) =>
    (["base64", "base64url"] as const).map(
      (alphabet): Leak => [
        `${alphabet} ${shift}`,
        ({ bytes }) =>
          Buffer.from(Buffer.from(`${"-".repeat(shift)}${bytes}~~~`).toString(alphabet)),
      ],
    ),
  ),
  ["URL-encoded", ({ bytes }) => Buffer.from(encodeURIComponent(bytes.toString()))],
  ["URL-encoded", ({ bytes }) => Buffer.from(String(new URLSearchParams({ a: `${bytes}` })))],
  ["JSON-escaped", ({ bytes }) => Buffer.from(JSON.stringify({ password: bytes.toString() }))],
  ["JSON-escaped", ({ bytes }) => Buffer.from(JSON.stringify(JSON.stringify(bytes.toString())))],
  ["JSON-escaped", ({ bytes }) => Buffer.from(asciiJson(bytes.toString()))],
  ["folded or colored", ({ bytes }) => folded(bytes, "\r\n      ")],
  ["folded or colored", ({ bytes }) => folded(bytes, "\u001b[2m")],
  ["base64 0", ({ bytes }) => folded(Buffer.from(bytes.toString("base64")), "\n")],
  ["gzip", ({ bytes }) => gzipSync(bytes)],
  ["gzip", ({ bytes }) => Buffer.concat([gzipSync(`a${bytes}`), Buffer.from("more behind it")])],
  ["gzip", ({ bytes }) => gzipSync(`${bytes}${"b".repeat(70_000)}`).subarray(0, -12)],
  ["gzip", ({ bytes }) => Buffer.from(gzipSync(gzipSync(bytes)).toString("base64"))],
];

function asciiJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^ -~]/gu,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** With something between every ten bytes. */
function folded(bytes: Buffer, between: string): Buffer {
  return Buffer.from(
    bytes.toString("latin1").replaceAll(/.{10}(?=.)/gsu, `$&${between}`),
    "latin1",
  );
}
