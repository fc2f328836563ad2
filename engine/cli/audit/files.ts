import { lstat, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Place } from "../../auditing/place.js";
import { widerMode } from "../../model/file-mode.js";
import { MAX_BYTES, TOO_LARGE } from "./bounds.js";
import { unpack } from "./unpack.js";

const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** A file that could not be looked into. */
interface Unread {
  readonly path: string;
  readonly problem: string;
}

/**
 * The paths of all files below a folder but for git's own and installed packages, as the folder
 * sees them; links are not followed.
 */
export async function filesBelow(folder: string, below = ""): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const paths = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const path = join(below, entry.name);
      if (entry.isFile()) return [path];
      return entry.isDirectory() && !SKIPPED.has(entry.name) ? filesBelow(folder, path) : [];
    }),
  );
  return paths.flat().sort();
}

/** One file as it is; undefined where there is none. */
export async function placeOf(folder: string, path: string): Promise<Place | Unread | undefined> {
  const file = resolve(folder, path);
  try {
    const stats = await lstat(file);
    if (!stats.isFile()) return { path, problem: "it is no ordinary file" };
    if (stats.size > MAX_BYTES) return { path, problem: `it is ${TOO_LARGE}` };
    const content = unpack(await readFile(file));
    const mode = widerMode(stats.mode, process.platform);
    return { path, ...content, ...(mode && { widerMode: mode }) };
  } catch (error) {
    const errno = error instanceof Error && "code" in error ? String(error.code) : String(error);
    // Node reads such a name with this character in it, and finds no file of the name that it read.
    if (errno === "ENOENT" && path.includes("\uFFFD"))
      return { path, problem: "its name is no UTF-8" };
    return errno === "ENOENT" ? undefined : { path, problem: `it cannot be read (${errno})` };
  }
}
