import type { RawFile } from "../../engine/config/decode-file.js";

/** Texts or bytes by path as files. */
export function rawFiles(texts: Readonly<Record<string, string | Uint8Array>>): readonly RawFile[] {
  return Object.entries(texts).map(([path, text]) => ({
    path,
    bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
  }));
}
