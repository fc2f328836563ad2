import { OutsideError } from "../../../engine/model/errors.js";
import type { Files } from "../../../engine/model/runtime.js";

/** What reading a key's file gives. */
export type KeyFile =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  /** It is there, and cannot be read: a folder, a device, or without permission. */
  | { readonly kind: "unreadable"; readonly why: string };

/** Reads a key's file: UTF-8, or UTF-16 with its mark, which PowerShell writes. */
export async function readKeyFile(files: Pick<Files, "read">, path: string): Promise<KeyFile> {
  const bytes = await files.read(path).catch(whyNot);
  if (typeof bytes === "string") return { kind: "unreadable", why: bytes };
  if (bytes === undefined) return { kind: "missing" };
  return { kind: "text", text: decodeKeyText(bytes) };
}

/** UTF-8, or UTF-16 with its mark. */
export function decodeKeyText(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes);
}

function whyNot(error: unknown): string {
  return error instanceof OutsideError ? error.message : "it cannot be read";
}
