import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import {
  behindLinks,
  createWhole,
  fileError,
  readWhole,
  replaceWhole,
  syncFolder,
} from "../../state/disk.js";
import type { Files } from "../model/runtime.js";
import type { SystemOptions } from "./runtime.js";

/** The disk. What fails is told as `file-error`, with the path. */
export function systemFiles({ folder, env }: SystemOptions): Files {
  const locate = (path: string) =>
    path === "~" || path.startsWith("~/")
      ? join(env.HOME || homedir(), path.slice(1))
      : resolve(folder, path);
  return {
    resolve: locate,
    read: (path) => telling(`read ${path}`, () => readWhole(locate(path))),
    createSecret: (path, content) =>
      telling(`write ${path}`, async () => {
        const place = locate(path);
        await makeFolder(dirname(place));
        return createWhole({ path: place, temporary: temporaryFor(place), content });
      }),
    replaceSecret: (path, content) =>
      telling(`write ${path}`, async () => {
        const place = await behindLinks(locate(path));
        await makeFolder(dirname(place));
        await replaceWhole({ path: place, temporary: temporaryFor(place), content });
      }),
    remove: (path) => telling(`remove ${path}`, () => rm(locate(path), { force: true })),
  };
}

/** Beside the file, so that it moves in one step; hidden, and nobody else's. */
function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}`);
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
