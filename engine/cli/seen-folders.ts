import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errnoOf } from "../../state/disk.js";
import { OutsideError } from "../model/errors.js";

/** Where the folders of secrets really were when they were looked at, so that nobody swaps one for a link. */
export class SeenFolders {
  readonly #real = new Map<string, string>();

  /** Remembers where the folder of an absolute path is now. */
  async see(path: string): Promise<void> {
    const real = await folderOf(path).catch(() => undefined);
    if (real !== undefined) this.#real.set(path, real);
  }

  /**
   * An absolute path free of links in its folders; undefined where there is no folder. Throws
   * `file-error` where that is not the folder that was seen. `name` is what the user calls it.
   */
  async confirm(path: string, name: string): Promise<string | undefined> {
    const real = await folderOf(path);
    if (real === undefined) return undefined;
    if ((this.#real.get(path) ?? real) === real) return join(real, basename(path));
    throw new OutsideError("file-error", `cannot remove ${name}: its folder has become a link`, {
      help: "Find out who changes the folder, remove the file yourself, and run the command again.",
    });
  }
}

async function folderOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(dirname(path));
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
