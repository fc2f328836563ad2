import { readdir } from "node:fs/promises";
import type { Finding } from "../engine/model/finding.js";
import type { Provider } from "../engine/model/provider.js";
import type { Files } from "../engine/model/runtime.js";
import { stagingFiles } from "../engine/model/staging-files.js";
import type { Snapshot } from "../engine/model/state.js";
import { ok } from "./verified.js";

/** Where the configuration lies whose state it is. */
export interface Site {
  /** Absolute. */
  readonly folder: string;
  readonly files: Pick<Files, "look" | "resolve">;
}

/** How the name of a file ends in which a secret waits. */
const STAGED = /\.[0-9a-f]{8}\.pending$/u;

/** Files in which secrets wait: where the state knows of them, and in the folder whatever it knows. */
export async function stagedOf(
  snapshot: Snapshot,
  providers: readonly Provider[],
  { folder, files }: Site,
): Promise<Finding> {
  const known = stagingFiles(snapshot, providers).map(([path]) => path);
  const beside = (await readdir(folder).catch(() => [])).filter((it) => STAGED.test(it));
  const there = new Map<string, string>();
  for (const path of [...known, ...beside]) {
    const { kind } = await files.look(path);
    if (kind !== "nothing" && kind !== "outside") there.set(files.resolve(path), path);
  }
  if (there.size === 0) return ok("staged", "no secret waits to be delivered");
  return {
    step: "staged",
    status: "warning",
    summary: "secrets that an interrupted run has not delivered",
    facts: { files: [...there.values()] },
    help: "portcullis apply delivers what is declared and removes the file; remove by hand only what belongs to nothing that is declared",
  };
}
