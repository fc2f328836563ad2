import { chmod, lstat } from "node:fs/promises";
import { widerMode } from "../engine/model/file-mode.js";
import type { StateFiles } from "./state-files.js";

/** A file that others than its owner can use, and its mode. */
export interface WideFile {
  readonly path: string;
  readonly mode: string;
}

/** Those files of a state that others than their owner can use. `platform` is Node's name for the system. */
export async function wideFiles(
  files: StateFiles,
  platform: string | undefined,
): Promise<readonly WideFile[]> {
  const wide: WideFile[] = [];
  for (const path of Object.values<string>({ ...files })) {
    const status = await lstat(path).catch(() => undefined);
    const mode = status?.isFile() ? widerMode(status.mode, platform) : undefined;
    if (mode !== undefined) wide.push({ path, mode });
  }
  return wide;
}

/** What is said of a file that stays as it is. */
export function exposed({ path, mode }: WideFile): string {
  return `${path} has mode ${mode}: others can use it. Let its owner say: chmod 600 ${path}`;
}

/** Takes files from others than their owner; says so for each. */
export async function makePrivate(
  files: readonly WideFile[],
  notice: (message: string) => void,
): Promise<void> {
  for (const file of files) {
    const { path, mode } = file;
    const done = await chmod(path, 0o600).then(
      () => true,
      () => false,
    );
    notice(
      done ? `${path} had mode ${mode}: others could use it. It has 0600 now.` : exposed(file),
    );
  }
}
