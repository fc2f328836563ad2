import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** The largest file that is read where nobody says otherwise, in bytes: near the longest text of Node. */
export const MOST_BYTES = 500_000_000;

/** A path with something that is not read as a file. */
export class NotReadable extends Error {
  constructor(
    /** Why, as in `it is a device, not a file`. */
    readonly reason: string,
    /** The remedy, as an imperative. */
    readonly help: string,
    /** How large it is, where it is too large. */
    readonly bytes?: number,
  ) {
    super(reason);
  }
}

/**
 * The bytes of a regular file; undefined where there is none. Never waits for a pipe, nor reads an
 * endless device. Throws {@link NotReadable} for what is no file or larger than `most`.
 */
export async function readWhole(path: string, most = MOST_BYTES): Promise<Uint8Array | undefined> {
  const file = await openThere(path);
  if (!file) return undefined;
  try {
    const stats = await file.stat();
    // A folder is left to read(), whose EISDIR is told as that of any other failure.
    if (!stats.isFile() && !stats.isDirectory()) throw notAFile(stats);
    if (stats.isFile() && stats.size > most) throw tooLarge(stats.size, most);
    const bytes = await file.readFile();
    if (bytes.length > most) throw tooLarge(bytes.length, most);
    return bytes;
  } finally {
    await file.close();
  }
}

/** Without O_NONBLOCK, opening a pipe waits until somebody writes to it. */
async function openThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "ENXIO") throw new NotReadable("it is a socket, not a file", "name a file");
    throw error;
  }
}

function notAFile(stats: Stats): NotReadable {
  const what = stats.isFIFO() ? "a pipe" : "a device";
  return new NotReadable(`it is ${what}, not a file`, "name a file");
}

/** What is told of a file that is larger than it may be. */
export function tooLarge(bytes: number, most: number): NotReadable {
  const reason = `it has ${bytes} bytes, and at most ${most} are read`;
  return new NotReadable(reason, "name a smaller file", bytes);
}
