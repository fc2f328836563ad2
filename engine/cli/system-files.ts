import { mkdir, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import {
  createWhole,
  errnoOf,
  fileError,
  removeWhole,
  replaceWhole,
  syncFolder,
} from "../../state/disk.js";
import type { Files } from "../model/runtime.js";
import { readInput } from "./read-input.js";
import { lookAt, realFolder, refuseMoved, refuseTaken } from "./secret-place.js";
import { SeenFolders } from "./seen-folders.js";
import type { SystemOptions } from "./system-options.js";
import { temporaryNames } from "./temporaries.js";

/** The disk. What fails is told as `file-error`, with the path. */
export function systemFiles({ folder, env }: SystemOptions): Files {
  const temporaryFor = temporaryNames();
  const isHome = (path: string) => path === "~" || path.startsWith("~/");
  const locate = (path: string) =>
    isHome(path) ? join(env.HOME || homedir(), path.slice(1)) : resolve(folder, path);
  // Who names a place by its whole path means it; a relative path stays in the folder.
  const bounds = (path: string) => (isHome(path) || isAbsolute(path) ? undefined : folder);

  const folders = new SeenFolders();

  /** Where a file is to be written, its folder made and free of links. */
  async function prepare(path: string): Promise<string> {
    const place = locate(path);
    await realFolder(place, bounds(path));
    await makeFolder(dirname(place));
    await folders.see(place);
    return join(await realFolder(place, bounds(path)), basename(place));
  }

  async function remove(path: string): Promise<void> {
    const place = locate(path);
    const real = await folders.confirm(place, path);
    if (real === undefined) return;
    await realFolder(place, bounds(path));
    await removeWhole(real);
  }

  return {
    resolve: locate,
    replaceable: new Set(),
    read: (path) => telling(`read ${path}`, () => readInput(locate(path))),
    list: (path) => telling(`read ${path}`, () => namesIn(locate(path))),
    look: (path) =>
      telling(`look at ${path}`, async () => {
        await folders.see(locate(path));
        return lookAt(locate(path), bounds(path));
      }),
    createSecret: (path, content) =>
      telling(`write ${path}`, async () => {
        const place = await prepare(path);
        const confirm = () => refuseMoved(place, path);
        return createWhole({ path: place, temporary: temporaryFor(place), content, confirm });
      }),
    replaceSecret: (path, content) =>
      telling(`write ${path}`, async () => {
        const place = await prepare(path);
        await refuseTaken(place, path);
        const confirm = () => refuseMoved(place, path);
        await replaceWhole({ path: place, temporary: temporaryFor(place), content, confirm });
      }),
    remove: (path) => telling(`remove ${path}`, () => remove(path)),
  };
}

async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errnoOf(error) ?? "")) return undefined;
    throw error;
  }
}

/** Makes a folder that is missing, for this user alone, and durable up to the first that was there. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made))
    await syncFolder(dirname(made));
}

/** Does something with the disk; where that fails, tells it as `file-error: cannot DOING: why`. */
export async function telling<T>(doing: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw fileError(doing, error);
  }
}
