import type { FileHandle } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { JournalEntry } from "../engine/model/state.js";
import { fileError } from "./disk.js";
import {
  formatBatch,
  formatHeader,
  type JournalBase,
  type JournalHeader,
  parseBatch,
  parseHeader,
  wholeLines,
} from "./journal.js";
import type { Keyring } from "./keyring.js";
import { type LineCipher, lineCipher } from "./line-cipher.js";
import { FORMAT_VERSION } from "./migrations.js";
import { InPlainText, refusePlain } from "./plain-journal.js";
import { readWhole } from "./read-whole.js";
import type { StateFile } from "./state-file.js";
import { unreadable } from "./unreadable.js";

/** A journal as read from its file. */
export interface Journal {
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  /** The file up to the end of its last whole line: the next one goes there. */
  readonly bytes: Uint8Array;
  /** Writes the line after the last; absent: plain text. */
  readonly cipher?: LineCipher;
}

/**
 * The journal of a state; undefined where there is none, or one that a later state contains.
 * Throws `state-unreadable`, `file-error`, and what {@link Keyring.reading} throws.
 */
export async function readJournal(
  path: string,
  stored: StateFile | undefined,
  keys: Keyring,
): Promise<Journal | undefined> {
  const bytes = await readWhole(path).catch((error: unknown) => {
    throw fileError(`read the journal ${path}`, error);
  });
  if (!bytes) return undefined;
  try {
    return await parseJournal(bytes, { path, stored, keys });
  } catch (error) {
    const help =
      error instanceof InPlainText
        ? "`portcullis state repair` sets it aside; to end the encryption, give the passphrase as the old one alone"
        : "`portcullis state repair` keeps what can be read of it, and a copy";
    throw unreadable(path, error, help);
  }
}

interface Place {
  readonly path: string;
  readonly stored: StateFile | undefined;
  readonly keys: Keyring;
}

/** Undefined where not even the header is whole, or the snapshot has it all. */
async function parseJournal(bytes: Uint8Array, place: Place): Promise<Journal | undefined> {
  const { path, stored, keys } = place;
  const [first, ...rest] = wholeLines(bytes);
  if (!first) return undefined;
  const { header, steps } = parseHeader(first);
  if (!continues(path, header, stored?.snapshot)) return undefined;
  const text = Buffer.from(first.bytes).toString("utf8");
  const how = header.encryption;
  refusePlain(how, stored?.encryption, keys);
  const cipher = how && lineCipher(await keys.reading(how, path), text);
  const reading = { steps, ...(cipher && { cipher }) };
  const batches = rest.map((line, index) => parseBatch(line, `line ${index + 2}`, reading));
  return {
    header,
    entries: batches.flat(),
    bytes: bytes.subarray(0, rest.at(-1)?.end ?? first.end),
    ...(cipher && { cipher }),
  };
}

/** Whether a journal adds to this snapshot, as opposed to one before. Throws for any other. */
function continues(path: string, header: JournalBase, base: JournalBase | undefined): boolean {
  const isKin = header.lineage === base?.lineage;
  if (isKin && header.serial <= base.serial) return header.serial === base.serial;
  throw new OutsideError(
    "state-unreadable",
    `${path} continues a state that is not here: lineage ${header.lineage}, serial ${header.serial}`,
    {
      help: "put that state back, or let `portcullis state repair` look for it; it keeps a copy of what it changes",
    },
  );
}

/** What a journal that can be added to begins with. */
export interface JournalStart {
  readonly content: string | Uint8Array;
  /** Writes the next line; absent: plain text. */
  readonly cipher?: LineCipher;
}

/** A header, and the whole lines that are there: as they are, if this run would write them so. */
export async function journalStart(
  path: string,
  stored: StateFile,
  keys: Keyring,
): Promise<JournalStart> {
  const journal = await readJournal(path, stored, keys);
  const key = await keys.writing();
  const isCurrent =
    journal?.header.formatVersion === FORMAT_VERSION && keys.isCurrent(journal.header.encryption);
  if (journal && isCurrent)
    return { content: journal.bytes, ...(journal.cipher && { cipher: journal.cipher }) };
  const header = formatHeader(stored.snapshot, key?.encryption);
  const cipher = key && lineCipher(key, header);
  const lines = journal ? [header, formatBatch(journal.entries, cipher)] : [header];
  const content = lines.map((line) => `${line}\n`).join("");
  return { content, ...(cipher && { cipher }) };
}

/** Adds entries to a journal that is whole: one line, durable when it resolves. */
export async function appendToJournal(
  file: FileHandle,
  entries: readonly JournalEntry[],
  cipher: LineCipher | undefined,
): Promise<void> {
  await file.appendFile(`${formatBatch(entries, cipher)}\n`);
  await file.datasync();
}
