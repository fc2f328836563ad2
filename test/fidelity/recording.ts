import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { canonicalJson } from "../../engine/model/value.js";
import type { Normalized } from "./normalize.js";

/** What a real cloud (OpenStack Zed) answered to a table, one line of JSON for each request. */
export function readRecording(table: string): readonly Normalized[] {
  const lines = readFileSync(fileOf(table), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Normalized);
}

export function writeRecording(table: string, answers: readonly Normalized[]): void {
  const lines = answers.map(({ status, headers, body }) =>
    canonicalJson({ status, headers, body }),
  );
  writeFileSync(fileOf(table), `${lines.join("\n")}\n`);
}

function fileOf(table: string): string {
  return fileURLToPath(new URL(`recorded/${table.replaceAll(" ", "-")}.jsonl`, import.meta.url));
}
