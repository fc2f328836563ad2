import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { isAlive } from "./is-alive.js";

/** Names that this process uses or has used. */
const ours = new Set<string>();

/**
 * Makes names for files until they are whole: beside their places, so that they move in one step,
 * hidden, and nobody else's. What dead processes of this machine have left under such names, perhaps
 * with a secret in it, is removed on the first occasion in each folder.
 */
export function temporaryNames(): (path: string) => string {
  const tidied = new Set<string>();
  const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
  return (path) => {
    const folder = dirname(path);
    if (!tidied.has(folder)) removeLeft(folder, machine);
    tidied.add(folder);
    const name = `.${basename(path)}.${machine}.${process.pid}-${ours.size}`;
    ours.add(join(folder, name));
    return join(folder, name);
  };
}

function removeLeft(folder: string, machine: string): void {
  const pattern = new RegExp(`^\\..+\\.${machine}\\.(\\d+)-\\d+$`, "u");
  for (const name of namesIn(folder)) {
    const pid = Number(pattern.exec(name)?.[1] ?? Number.NaN);
    const isLeft = pid === process.pid ? !ours.has(join(folder, name)) : pid > 0 && !isAlive(pid);
    if (isLeft) rmSync(join(folder, name), { force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // What is wrong with the folder is told when the file is written.
    return [];
  }
}
