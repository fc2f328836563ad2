import { rm } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import {
  type JournalEntry,
  replay,
  type Snapshot,
  type StateStore,
} from "../engine/model/state.js";
import { behindLinks, fileError, readWhole, replaceWhole } from "./disk.js";
import { formatSnapshot, parseSnapshot } from "./format.js";
import type { JournalBase } from "./journal.js";
import { appendToJournal, prepareJournal, readJournal } from "./journal-file.js";
import { takeLock } from "./lock.js";
import { gather, queue } from "./queue.js";
import { unreadable } from "./unreadable.js";

export interface FileStateOptions {
  /** The state file. Its backup, journal and lock lie beside it; behind a link, beside the target. */
  readonly path: string;
  /** This machine's name, as in the owners of its locks. */
  readonly host: string;
  /** Whether a process of this machine runs; by default all do whose lock does not show otherwise. */
  readonly isAlive?: (pid: number) => boolean;
}

/**
 * A state in a JSON file. Between two writes an apply appends to a journal beside it, which the
 * next read replays and the next write ends. Writers are expected to hold the lock.
 */
export function fileStateStore(options: FileStateOptions): StateStore {
  const inTurn = queue();
  let base: JournalBase | undefined;
  let journalReady = false;

  const settle = (snapshot: JournalBase | undefined) => {
    base = snapshot;
    journalReady = false;
  };

  async function read(): Promise<Snapshot | undefined> {
    const files = await filesOf(options.path);
    const stored = await readStored(files);
    const journal = await readJournal(files.journal, stored?.snapshot);
    settle(stored?.snapshot);
    return stored && replay(stored.snapshot, journal?.entries ?? []);
  }

  async function write(snapshot: Snapshot, expectedSerial: number): Promise<void> {
    if (snapshot.serial !== expectedSerial + 1)
      throw new RangeError(`serial ${snapshot.serial} does not follow ${expectedSerial}`);
    const files = await filesOf(options.path);
    const stored = await readStored(files);
    refuseStale(files, stored?.snapshot, { lineage: snapshot.lineage, serial: expectedSerial });
    if (stored) await put(files.backup, stored.bytes);
    await put(files.state, formatSnapshot(snapshot));
    settle(snapshot);
    await rm(files.journal, { force: true });
  }

  async function append(entries: readonly JournalEntry[]): Promise<void> {
    const files = await filesOf(options.path);
    if (!journalReady) {
      const stored = await readStored(files);
      if (!stored) throw new Error("append needs a state: write the first snapshot before");
      refuseStale(files, stored.snapshot, base ?? stored.snapshot);
      await prepareJournal(files.journal, stored.snapshot);
    }
    journalReady = false;
    await appendToJournal(files.journal, entries);
    journalReady = true;
  }

  return {
    location: options.path,
    read: () => inTurn(() => telling(`read the state ${options.path}`, read)),
    write: (snapshot, expectedSerial) =>
      inTurn(() =>
        telling(`write the state ${options.path}`, () => write(snapshot, expectedSerial)),
      ),
    append: gather(inTurn, (entries) =>
      telling(`write the journal of the state ${options.path}`, () => append(entries)),
    ),
    lock: async (owner) => {
      const { lock } = await filesOf(options.path);
      return takeLock(lock, owner, {
        host: options.host,
        isAlive: options.isAlive ?? (() => true),
      });
    },
  };
}

interface StateFiles {
  readonly state: string;
  readonly backup: string;
  readonly journal: string;
  readonly lock: string;
}

async function filesOf(path: string): Promise<StateFiles> {
  const state = await behindLinks(path);
  return {
    state,
    backup: `${state}.backup`,
    journal: `${state}.journal`,
    lock: `${state}.lock`,
  };
}

interface Stored {
  readonly snapshot: Snapshot;
  readonly bytes: Uint8Array;
}

async function readStored(files: StateFiles): Promise<Stored | undefined> {
  const bytes = await readWhole(files.state);
  if (!bytes) return undefined;
  try {
    return { snapshot: parseSnapshot(bytes), bytes };
  } catch (error) {
    throw unreadable(
      files.state,
      error,
      `put a good copy back; the state before the last write is kept in ${files.backup}`,
    );
  }
}

function refuseStale(
  files: StateFiles,
  there: JournalBase | undefined,
  expected: JournalBase,
): void {
  const serial = there?.serial ?? 0;
  const isKin = there === undefined || there.lineage === expected.lineage;
  if (isKin && serial === expected.serial) return;
  const found = isKin ? `serial ${serial}` : "another state";
  throw new OutsideError(
    "state-stale",
    `${files.state} was changed meanwhile: expected serial ${expected.serial}, found ${found}`,
    { help: "plan again" },
  );
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await replaceWhole({ path, temporary: `${path}.tmp`, content });
}

async function telling<T>(doing: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw fileError(doing, error);
  }
}
