import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { startCli } from "./cli-process.js";
import { temporaryFolder } from "./example.js";

/** Nobody, on Linux. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** A file system of its own, of so many bytes; undefined where none can be mounted. */
export function smallDisk(t: Test, bytes: number): string | undefined {
  const folder = temporaryFolder(t);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder]);
  if (mounted.status !== 0) return undefined;
  t.teardown(() => spawnSync("umount", ["-l", folder]));
  return folder;
}

/** A folder of the user as whom the program is to run; root itself is refused nothing. */
export function ownFolder(t: Test): { readonly place: string; readonly uid?: number } {
  const outer = temporaryFolder(t);
  chmodSync(outer, 0o755);
  const place = join(outer, "own");
  mkdirSync(place);
  if (!isRoot) return { place };
  chownSync(place, NOBODY, NOBODY);
  return { place, uid: NOBODY };
}

/** Whether the program can be run as another user: its files may lie where only root comes. */
export async function canRun(uid: number | undefined, cwd: string): Promise<boolean> {
  const cli = startCli(["--version"], { cwd, ...(uid !== undefined && { uid }) });
  const ended = await cli.ended.catch(() => undefined);
  return ended?.code === 0;
}
