import { chmod, lstat } from "node:fs/promises";
import { platform } from "node:os";
import type { StateFiles } from "./state-files.js";

/** The permissions of a file that others than its owner have; undefined where there are none, or no file. */
export async function widerMode(path: string): Promise<string | undefined> {
  // Windows has no such permissions: there every file has 0666 or 0444.
  if (platform() === "win32") return undefined;
  const status = await lstat(path).catch(() => undefined);
  if (!status?.isFile() || (status.mode & 0o077) === 0) return undefined;
  return `0${(status.mode & 0o777).toString(8)}`;
}

/** Takes the files of a state from others than their owner; says so for each. */
export async function makePrivate(
  files: StateFiles,
  notice: (message: string) => void,
): Promise<void> {
  for (const path of Object.values<string>({ ...files })) {
    const mode = await widerMode(path);
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
