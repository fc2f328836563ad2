import { lstat } from "node:fs/promises";
import { widerMode } from "../engine/model/file-mode.js";
import { copiesOf } from "./copies.js";
import { readLock } from "./lock-file.js";
import { openingOf, openThere, readOpening } from "./opening.js";
import type { StateFiles } from "./state-files.js";

/** A file that others than its owner can use, and that is one of a state. */
export interface WideFile {
  readonly path: string;
  readonly mode: string;
  /** Of which state; a lock does not say. */
  readonly lineage?: string;
}

/**
 * Those files of a state, copies too, that others than their owner can use. What is not understood, such as whatever a link in
 * the state's place leads to, is none. `platform` is Node's name for the system.
 */
export async function wideFiles(
  files: StateFiles,
  platform: string | undefined,
): Promise<readonly WideFile[]> {
  const wide: WideFile[] = [];
  const copies = (await copiesOf(files)).map(({ path }) => path);
  for (const path of [files.state, files.backup, files.journal, ...copies]) {
    const mode = await wideMode(path, platform);
    const opening = mode === undefined ? undefined : await readOpening(path);
    if (mode !== undefined && opening) wide.push({ path, mode, lineage: opening.lineage });
  }
  const mode = await wideMode(files.lock, platform);
  const isLock = mode !== undefined && (await readLock(files.lock).catch(() => undefined));
  if (isLock) wide.push({ path: files.lock, mode });
  return wide;
}

/** The mode of a regular file that others than its owner can use; undefined for all else. */
async function wideMode(path: string, platform: string | undefined): Promise<string | undefined> {
  const status = await lstat(path).catch(() => undefined);
  return status?.isFile() ? widerMode(status.mode, platform) : undefined;
}

/** What is said of a file that stays as it is. */
export function exposed({ path, mode }: WideFile): string {
  return `${path} has mode ${mode}: others can use it. Let its owner say: chmod 600 ${path}`;
}

/**
 * Takes the files of one state from others than their owner; says so for each. For who holds the state alone.
 */
export async function makePrivate(
  files: readonly WideFile[],
  lineage: string,
  notice: (message: string) => void,
): Promise<void> {
  for (const file of files) {
    const { path, mode } = file;
    const done = await closeOff(path, lineage).catch(() => false);
    notice(
      done ? `${path} had mode ${mode}: others could use it. It has 0600 now.` : exposed(file),
    );
  }
}

/** By one handle, so that what is changed is what was looked at, whatever bears the name by then. */
async function closeOff(path: string, lineage: string): Promise<boolean> {
  const file = await openThere(path);
  try {
    if ((await openingOf(file))?.lineage !== lineage) return false;
    await file.chmod(0o600);
    return true;
  } finally {
    await file.close();
  }
}
