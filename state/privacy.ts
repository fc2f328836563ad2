import { chmod, lstat } from "node:fs/promises";
import { widerMode } from "../engine/model/file-mode.js";
import type { StateFiles } from "./state-files.js";

/** The permissions of a file, where others than its owner have some; undefined where not, or no file is there. */
export async function widerModeOf(path: string): Promise<string | undefined> {
  const status = await lstat(path).catch(() => undefined);
  return status?.isFile() ? widerMode(status.mode, process.platform) : undefined;
}

/** Takes the files of a state from others than their owner; says so for each. */
export async function makePrivate(
  files: StateFiles,
  notice: (message: string) => void,
): Promise<void> {
  for (const path of Object.values<string>({ ...files })) {
    const mode = await widerModeOf(path);
    if (mode === undefined) continue;
    const done = await chmod(path, 0o600).then(
      () => true,
      () => false,
    );
    notice(
      done
        ? `${path} had mode ${mode}: others could use it. It has 0600 now.`
        : `${path} has mode ${mode}: others can use it. Let its owner say: chmod 600 ${path}`,
    );
  }
}
