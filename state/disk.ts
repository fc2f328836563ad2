import { constants } from "node:fs";
import {
  type FileHandle,
  link,
  lstat,
  open,
  readlink,
  realpath,
  rename,
  rm,
  unlink,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { OutsideError } from "../engine/model/errors.js";
import { NotReadable } from "./read-whole.js";

/** A text on its way to a file. */
export interface WholeFile {
  readonly path: string;
  /** A name in the same folder that nobody else uses. */
  readonly temporary: string;
  readonly content: string | Uint8Array;
  /** The last word before the file is moved to its place: where it throws, all stays as it was. */
  readonly confirm?: () => Promise<void>;
}

/**
 * Puts a file of mode 0600 in the place of what is there: whole or not at all, and on disk when it
 * resolves.
 */
export async function replaceWhole(file: WholeFile): Promise<void> {
  await throughTemporary(file, () => rename(file.temporary, file.path));
}

/** As {@link replaceWhole}, but answers false and leaves what is there where the path is taken. */
export async function createWhole(file: WholeFile): Promise<boolean> {
  return throughTemporary(file, async () => {
    try {
      // rename() would replace; link() is the only exclusive way to a file that is whole at once.
      await link(file.temporary, file.path);
      return true;
    } catch (error) {
      if (errnoOf(error) !== "EEXIST") throw error;
      // Over a network it may have been made before its answer was lost, and asked for again.
      return isSame(file.temporary, file.path);
    }
  });
}

/** Whether two names are of one file. */
async function isSame(...paths: readonly [string, string]): Promise<boolean> {
  const identity = (path: string) =>
    lstat(path, { bigint: true }).then(({ dev, ino }) => `${dev} ${ino}`);
  try {
    const [one, other] = await Promise.all(paths.map(identity));
    return one === other;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function throughTemporary<T>(file: WholeFile, place: () => Promise<T>): Promise<T> {
  const { temporary, content } = file;
  await rm(temporary, { force: true });
  try {
    const handle = await open(temporary, "wx", 0o600);
    await handle.writeFile(content).then(
      () => syncAndClose(handle),
      (error: unknown) => handle.close().then(() => Promise.reject(error)),
    );
    await file.confirm?.();
    const placed = await place();
    await rm(temporary, { force: true });
    await syncFolder(dirname(file.path));
    return placed;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function syncAndClose(handle: FileHandle): Promise<void> {
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the content of a file durable. */
export async function syncFile(path: string): Promise<void> {
  await syncAndClose(await open(path, constants.O_RDONLY));
}

/** Makes the names in a folder durable, on systems that can. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and some network file systems sync none.
  const unable = new Set(["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"]);
  try {
    await syncAndClose(await open(folder, constants.O_RDONLY));
  } catch (error) {
    if (!unable.has(errnoOf(error) ?? "")) throw error;
  }
}

/** Removes a file, durably when it resolves; nothing where there is none. */
export async function removeWhole(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return;
    throw error;
  }
  await syncFolder(dirname(path));
}

/** The file behind a path's symbolic links, whether it exists or not. */
export async function behindLinks(path: string, depth = 40): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT" || depth === 0) throw error;
  }
  try {
    return await behindLinks(resolve(dirname(path), await readlink(path)), depth - 1);
  } catch (error) {
    // EINVAL: the path is no link.
    if (errnoOf(error) !== "ENOENT" && errnoOf(error) !== "EINVAL") throw error;
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return join(folder, basename(path));
  }
}

/** The operating system's name of an error. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** Whether a file could not be put in its place because somebody has removed it on its way. */
export function vanished(error: unknown): boolean {
  const syscall = error instanceof Error && "syscall" in error ? error.syscall : undefined;
  return errnoOf(error) === "ENOENT" && (syscall === "link" || syscall === "rename");
}

/** What an error of the operating system means, and its remedy. */
const REASONS: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  EACCES: ["permission denied", "let its owner give you the right to it, or name another file"],
  EDQUOT: ["the disk quota is used up", "make room"],
  EEXIST: ["a file is where its folder should be", "move that file away"],
  EFBIG: ["it would be larger than a file may be here (ulimit -f)", "raise that limit"],
  EISDIR: ["it is a folder", "name a file, or move the folder away"],
  ELOOP: ["its symbolic links form a circle", "remove the link"],
  ENOENT: ["its folder does not exist", "make the folder, or name another"],
  ENOSPC: ["the disk is full", "make room"],
  ENOTDIR: ["part of its path is not a folder", "name another path"],
  EPERM: ["the operation is not permitted", "let the file's owner do it, or name another file"],
  EROFS: ["the file system is read-only", "name a place that can be written"],
};

/** What the user is told of a file that could not be read or written; other errors stay as they are. */
export function fileError(doing: string, error: unknown): unknown {
  if (error instanceof NotReadable) {
    const { reason, help } = error;
    return new OutsideError("file-error", `cannot ${doing}: ${reason}`, { cause: error, help });
  }
  const errno = errnoOf(error);
  if (errno === undefined || error instanceof OutsideError) return error;
  const [reason, help] = REASONS[errno] ?? [errno];
  return new OutsideError("file-error", `cannot ${doing}: ${reason}`, {
    cause: error,
    ...(help !== undefined && { help }),
  });
}
