import { existsSync, readFileSync } from "node:fs";

/** What preload.mjs has seen of the program. */
export interface Recording {
  /** All that was ever written, by path. */
  readonly written: ReadonlyMap<string, Buffer>;
  readonly spawned: readonly Spawned[];
  readonly tokens: readonly string[];
}

/** A command that the program has run. */
interface Spawned {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

type Entry =
  | { readonly kind: "written"; readonly path: string; readonly content: string }
  | ({ readonly kind: "spawned" } & Spawned)
  | { readonly kind: "token"; readonly token: string };

/** Reads a recording, which ends in the midst of a line where the program was killed. */
export function readRecording(path: string): Recording {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const entries = text
    .split("\n")
    .slice(0, -1)
    .map((line): Entry => JSON.parse(line));
  const written = new Map<string, Buffer>();
  for (const it of entries) {
    if (it.kind !== "written") continue;
    const before = written.get(it.path) ?? Buffer.alloc(0);
    written.set(it.path, Buffer.concat([before, Buffer.from(it.content, "base64")]));
  }
  return {
    written,
    spawned: entries.flatMap((it) => (it.kind === "spawned" ? [it] : [])),
    tokens: entries.flatMap((it) => (it.kind === "token" ? [it.token] : [])),
  };
}
