import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { JournalBase } from "./journal.js";

/** What stands first in each file of a state, whatever follows and in whatever version. */
const OPENING =
  /^\s*\{\s*"format_version":\s*\d+,\s*"lineage":\s*("(?:[^"\\]|\\.)*"),\s*"serial":\s*(\d+)/u;

const OPENING_BYTES = 4096;

/** Which state a file is of, from its first bytes; undefined where they do not tell, or there is none. */
export async function readOpening(path: string): Promise<JournalBase | undefined> {
  // Opening a pipe would wait for its writer.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch(() => undefined);
  if (!file) return undefined;
  try {
    if (!(await file.stat()).isFile()) return undefined;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(OPENING_BYTES));
    const [, lineage, serial] = OPENING.exec(buffer.toString("utf8", 0, bytesRead)) ?? [];
    if (lineage === undefined || serial === undefined) return undefined;
    return { lineage: String(JSON.parse(lineage)), serial: Number(serial) };
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
