import { closeSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { kill, pid } from "node:process";
import { OutsideError } from "../../../engine/model/errors.js";

/** Files that this very process holds: its own number in a lock file does not tell. */
const held = new Set<string>();

/**
 * Takes a data file for this process; answers how to give it back. A lock that a dead process left
 * is taken over. Throws `file-error` where a living one holds it.
 */
export function lockFile(dataFile: string): () => void {
  const path = `${resolve(dataFile)}.lock`;
  if (held.has(path)) throw inUse(dataFile, pid);
  while (!create(path)) removeStale(path, dataFile);
  held.add(path);
  return () => {
    held.delete(path);
    unlinkSync(path);
  };
}

function create(path: string): boolean {
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, `${pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Puts the lock aside first, so that two processes never both remove one. */
function removeStale(path: string, dataFile: string): void {
  const owner = read(path);
  if (owner === undefined) return;
  if (isAlive(owner)) throw inUse(dataFile, owner);
  const aside = `${path}.${pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  unlinkSync(aside);
}

/** Whose it is: 0 where a process died in the midst of writing its number. */
function read(path: string): number | undefined {
  try {
    const text = readFileSync(path, "utf8");
    return text.endsWith("\n") ? Number(text) : 0;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isAlive(owner: number): boolean {
  if (!Number.isInteger(owner) || owner <= 0 || owner === pid) return false;
  try {
    return kill(owner, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function inUse(dataFile: string, owner: number): OutsideError {
  return new OutsideError(
    "file-error",
    `the sandbox data in ${dataFile} are in use by process ${owner}`,
    { help: "end that process, or give this one a data file of its own" },
  );
}
