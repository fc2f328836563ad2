import { constants } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { errnoOf } from "../../state/disk.js";
import { OutsideError } from "../model/errors.js";
import { widerMode } from "../model/file-mode.js";
import type { Place } from "../model/runtime.js";

/** Larger than any secret and what stands beside it in a file, in bytes. */
const MOST_BYTES = 10_000_000;

/** Of a folder on the way: not allowed, links in a circle, a link to nothing. */
const UNENTERED: ReadonlySet<string> = new Set(["EACCES", "EPERM", "ELOOP", "ENOENT", "ENOTDIR"]);

/** What stands at an absolute path. With `bounds`, a folder, only what is really in there counts. */
export async function lookAt(path: string, bounds: string | undefined): Promise<Place> {
  try {
    return await lookWithin(path, bounds);
  } catch (error) {
    if (!UNENTERED.has(errnoOf(error) ?? "")) throw error;
    return { kind: "taken", what: "in a folder that cannot be entered" };
  }
}

async function lookWithin(path: string, bounds: string | undefined): Promise<Place> {
  const real = join(await realParent(dirname(path)), basename(path));
  if (bounds !== undefined && !isWithin(real, await realpath(bounds))) {
    return { kind: "outside", real };
  }
  const what = await strangeness(path);
  if (what === "nothing") return { kind: "nothing" };
  return what === undefined ? readFileAt(path) : { kind: "taken", what };
}

/**
 * The folder of a path without links, or that of it which is there. Throws `file-error` where it
 * is not in `bounds`.
 */
export async function realFolder(path: string, bounds: string | undefined): Promise<string> {
  const real = await realParent(dirname(path));
  if (bounds === undefined || isWithin(real, await realpath(bounds))) return real;
  throw new OutsideError("file-error", `${path} is in ${real}, outside of ${bounds}`, {
    help: "Give a path within the configuration's folder, or an absolute one.",
  });
}

/** Throws `file-error` where anything but a file, or nothing, is at a path. */
export async function refuseTaken(path: string, name: string): Promise<void> {
  const what = await strangeness(path);
  if (what === undefined || what === "nothing") return;
  throw new OutsideError("file-error", `cannot write ${name}: it is ${what}`, {
    help: "Nothing is written through links: put a file there, or name another one.",
  });
}

/** Throws `file-error` where the folder of a path that was free of links has become a link meanwhile. */
export async function refuseMoved(path: string, name: string): Promise<void> {
  const real = await realpath(dirname(path));
  if (real === dirname(path)) return;
  throw new OutsideError("file-error", `cannot write ${name}: its folder has become a link`, {
    help: "Find out who changes the configuration's folder, and apply again.",
  });
}

async function realParent(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const isMissing = errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR";
    if (!isMissing || (await strangeness(folder)) === LINK) throw error;
    return realParent(dirname(folder));
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const LINK = "a symbolic link";

/** What is at a path if it is no file; undefined for a file. */
async function strangeness(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    if (found.isFile()) return undefined;
    if (found.isSymbolicLink()) return LINK;
    return found.isDirectory() ? "a folder" : "a device, pipe or socket";
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return "nothing";
    throw error;
  }
}

/** Opened without following a link that came meanwhile, and without waiting for a pipe's writer. */
async function readFileAt(path: string): Promise<Place> {
  let handle: FileHandle;
  try {
    // Windows has neither flag: they are undefined there, which `|` takes as 0.
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return { kind: "nothing" };
    if (errnoOf(error) === "ELOOP") return { kind: "taken", what: LINK };
    return { kind: "taken", what: "a file that cannot be read" };
  }
  try {
    const found = await handle.stat();
    if (!found.isFile()) return { kind: "taken", what: "a device, pipe or socket" };
    if (found.size > MOST_BYTES) return { kind: "taken", what: "a file of more than 10 MB" };
    const exposed = widerMode(found.mode, process.platform) !== undefined;
    return { kind: "file", bytes: await handle.readFile(), exposed };
  } finally {
    await handle.close();
  }
}
