import { open } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { JournalEntry } from "../engine/model/state.js";
import { readWhole, replaceWhole } from "./disk.js";
import {
  formatBatch,
  formatHeader,
  type Journal,
  type JournalBase,
  parseJournal,
} from "./journal.js";
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

/** Makes the file ready for further entries: a header, whole lines, nothing else. */
export async function prepareJournal(path: string, base: JournalBase): Promise<void> {
  const journal = await readJournal(path, base);
  if (!journal) {
    await replaceWhole({ path, temporary: `${path}.tmp`, content: formatHeader(base) });
    return;
  }
  const file = await open(path, "r+");
  try {
    await file.truncate(journal.length);
  } finally {
    await file.close();
  }
}

/** Adds entries to a prepared journal: one line, durable when it resolves. */
export async function appendToJournal(
  path: string,
  entries: readonly JournalEntry[],
): Promise<void> {
  const file = await open(path, "a");
  try {
    await file.appendFile(formatBatch(entries));
    await file.datasync();
  } finally {
    await file.close();
  }
}
