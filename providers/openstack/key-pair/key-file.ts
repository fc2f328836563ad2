import type { Files } from "../../../engine/model/runtime.js";

/** What reading a key's file gives. */
export type KeyFile =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  /** It is there, and cannot be read: a folder, or without permission. */
  | { readonly kind: "unreadable" };

/** Reads a key's file: UTF-8, or UTF-16 with its mark, which PowerShell writes. */
export async function readKeyFile(files: Pick<Files, "read">, path: string): Promise<KeyFile> {
  const bytes = await files.read(path).catch(() => "unreadable" as const);
  if (bytes === "unreadable") return { kind: "unreadable" };
  if (bytes === undefined) return { kind: "missing" };
  return { kind: "text", text: decodeKeyText(bytes) };
}

/** UTF-8, or UTF-16 with its mark. */
export function decodeKeyText(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes);
}
