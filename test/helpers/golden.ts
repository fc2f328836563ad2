import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Test } from "tap";

/** Compares a text with a file beside the tests; UPDATE_GOLDEN=1 writes the file instead. */
export function golden(t: Test, file: URL, text: string): void {
  const path = file.pathname;
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  t.equal(text, readFileSync(path, "utf8"), path.split("/").slice(-2).join("/"));
}
