import { constants, gunzipSync } from "node:zlib";
import { MAX_BYTES, TOO_LARGE } from "./bounds.js";

/** A text of which each byte is a character, or why there is none. */
export type Unpacked = { readonly text: string } | { readonly problem: string };

/**
 * Bytes as text: what is looked for is ASCII. What gzip packed is unpacked, up to where it is damaged or
 * cut off.
 */
export function unpack(bytes: Buffer): Unpacked {
  if (!isPacked(bytes)) return { text: bytes.toString("latin1") };
  try {
    const options = { maxOutputLength: MAX_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
    return { text: gunzipSync(bytes, options).toString("latin1") };
  } catch (error) {
    const isTooLarge =
      error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    if (isTooLarge) return { problem: `unpacked it is ${TOO_LARGE}` };
    return { text: bytes.toString("latin1") };
  }
}

function isPacked(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
