import type { FileHandle } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { JournalEntry } from "../engine/model/state.js";
import {
  formatBatch,
  formatHeader,
  type Journal,
  type JournalBase,
  parseJournal,
} from "./journal.js";
import { readWhole } from "./read-whole.js";
import { unreadable } from "./unreadable.js";

/**
 * The journal of a snapshot; undefined where there is none, or one that a later snapshot contains.
 * Throws `state-unreadable`.
 */
export async function readJournal(
  path: string,
  base: JournalBase | undefined,
): Promise<Journal | undefined> {
  const bytes = await readWhole(path);
  const journal = bytes && parseAt(path, bytes);
  if (!journal) return undefined;
  const isKin = journal.base.lineage === base?.lineage;
  if (isKin && journal.base.serial === base.serial) return journal;
  if (isKin && journal.base.serial < base.serial) return undefined;
  const { lineage, serial } = journal.base;
  throw new OutsideError(
    "state-unreadable",
    `${path} continues a state that is not here: lineage ${lineage}, serial ${serial}`,
    { help: "put that state back; or, if you can do without what it records, remove the file" },
  );
}

function parseAt(path: string, bytes: Uint8Array): Journal | undefined {
  try {
    return parseJournal(bytes);
  } catch (error) {
    throw unreadable(
      path,
      error,
      "mend it; or, if you can do without what the interrupted run recorded, remove the file",
    );
  }
}

/** What a journal that can be added to begins with: a header, and the whole lines that are there. */
export async function journalStart(path: string, base: JournalBase): Promise<string | Uint8Array> {
  const journal = await readJournal(path, base);
  return journal ? journal.bytes : formatHeader(base);
}

/** Adds entries to a journal that is whole: one line, durable when it resolves. */
export async function appendToJournal(
  file: FileHandle,
  entries: readonly JournalEntry[],
): Promise<void> {
  await file.appendFile(formatBatch(entries));
  await file.datasync();
}
