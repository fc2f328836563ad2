import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type Encryption, encryption } from "./cipher.js";
import type { JournalBase } from "./journal.js";

/** What stands first in each file of a state, whatever follows and in whatever version. */
const OPENING =
  /^\s*\{\s*"format_version":\s*\d+,\s*"lineage":\s*("(?:[^"\\]|\\.)*"),\s*"serial":\s*(\d+)/u;

/** What follows it where the file is encrypted, and how. */
const ENCRYPTION = /^\s*,\s*"encryption":\s*(\{[^{}]*\})/u;

/** What follows it where the file is not. */
const PLAIN = /^\s*(?:,\s*"(?!encryption")[a-z_]+":|\})/u;

const OPENING_BYTES = 4096;

/** Which state a file is of, from its first bytes; undefined where they do not tell, or there is none. */
export async function readOpening(path: string): Promise<JournalBase | undefined> {
  return readFirst(path, openingOf);
}

/** How a file of a state is encrypted, from its first bytes; undefined where they do not tell, or there is none. */
export async function readCover(path: string): Promise<Encryption | "plain" | undefined> {
  return readFirst(path, async (file) => {
    const text = (await firstBytes(file)) ?? "";
    const [opening] = OPENING.exec(text) ?? [];
    if (opening === undefined) return undefined;
    const rest = text.slice(opening.length);
    const [, how] = ENCRYPTION.exec(rest) ?? [];
    if (how !== undefined) return encryption.decode(JSON.parse(how), "");
    return PLAIN.test(rest) ? "plain" : undefined;
  });
}

async function readFirst<T>(
  path: string,
  read: (file: FileHandle) => Promise<T>,
): Promise<T | undefined> {
  const file = await openThere(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    return await read(file);
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** To be read; opening a pipe would else wait for its writer. */
export async function openThere(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}

/** As {@link readOpening}, of an open file. Throws what the operating system does. */
export async function openingOf(file: FileHandle): Promise<JournalBase | undefined> {
  const [, lineage, serial] = OPENING.exec((await firstBytes(file)) ?? "") ?? [];
  if (lineage === undefined || serial === undefined) return undefined;
  return { lineage: String(JSON.parse(lineage)), serial: Number(serial) };
}

/** The first bytes of a regular file, as text; undefined for what is none. */
async function firstBytes(file: FileHandle): Promise<string | undefined> {
  if (!(await file.stat()).isFile()) return undefined;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(OPENING_BYTES), 0, OPENING_BYTES, 0);
  return buffer.toString("utf8", 0, bytesRead);
}
