import { type FileHandle, open, rm } from "node:fs/promises";
import {
  type JournalEntry,
  type LockOwner,
  type LockWait,
  replay,
  type Snapshot,
  type StateLock,
  type StateStore,
} from "../engine/model/state.js";
import { makeRoom } from "./backup.js";
import { fileError } from "./disk.js";
import { Fence, removeUnmoved } from "./fence.js";
import type { Lease } from "./held-lock.js";
import type { JournalBase } from "./journal.js";
import { appendToJournal, journalStart } from "./journal-file.js";
import { type Keyring, NO_KEYS } from "./keyring.js";
import type { LineCipher } from "./line-cipher.js";
import { breakLock, takeLock } from "./lock.js";
import { readLock } from "./lock-file.js";
import { exposed, makePrivate, wideFiles } from "./privacy.js";
import { gather, queue } from "./queue.js";
import { readState } from "./read-state.js";
import { remarks } from "./remarks.js";
import { formatState } from "./state-file.js";
import { type StateFiles, stateFiles } from "./state-files.js";
import { readStored, refuseStale } from "./stored.js";

export interface FileStateOptions {
  /** The state file. Its backup, journal and lock lie beside it; behind a link, beside the target. */
  readonly path: string;
  /** The operating system by Node's name for it; absent: one whose files have modes. */
  readonly platform?: string;
  /** This machine's name, as in the owners of its locks. */
  readonly host: string;
  /** Whether a process of this machine runs; by default all do whose lock does not show otherwise. */
  readonly isAlive?: (pid: number) => boolean;
  /** How its locks are held; absent: without signs of life. */
  readonly lease?: Lease;
  /** What encrypts the files and opens them; by default nothing. */
  readonly keys?: Keyring;
  /** Told, in a sentence, what the user should know of the files. */
  readonly notice?: (message: string) => void;
}

/**
 * A state in a JSON file. Between two writes an apply appends to a journal beside it, which the
 * next read replays and the next write ends. Writers are expected to hold the lock: a store that
 * took it writes only while it is its own. The journal is a file of the run, kept open: the next owner puts another in its
 * place, so that lines of one that stood still go where nobody reads.
 */
export function fileStateStore(options: FileStateOptions): StateStore {
  const { keys = NO_KEYS, notice = () => {} } = options;
  const inTurn = queue();
  let base: JournalBase | undefined;
  let isWhole = true;
  const fence = new Fence();
  let journalReady = false;
  let journal: FileHandle | undefined;
  let cipher: LineCipher | undefined;
  let locked: StateFiles | undefined;

  /** Those of the lock, while it is held: a link in their path may lead elsewhere by now. */
  async function filesNow(): Promise<StateFiles> {
    return locked ?? (await stateFiles(options.path));
  }

  async function closeJournal(): Promise<void> {
    journalReady = false;
    const file = journal;
    journal = undefined;
    await file?.close();
  }

  async function settle(snapshot: JournalBase | undefined): Promise<void> {
    base = snapshot;
    await closeJournal();
  }

  async function read(): Promise<Snapshot | undefined> {
    const files = await filesNow();
    const { stored, journal: appended } = await readState(files, keys);
    await settle(stored?.snapshot);
    isWhole = !appended;
    // What a later snapshot contains is spent.
    if (!appended && fence.isHeld && (await fence.stands()))
      await rm(files.journal, { force: true });
    if (stored) await keepPrivate(files, stored.snapshot.lineage);
    for (const message of await remarks(files, keys, stored)) notice(message);
    return stored && replay(stored.snapshot, appended?.entries ?? []);
  }

  /** Only what is understood to be of this state is touched, and only by the run that holds it. */
  async function keepPrivate(files: StateFiles, lineage: string): Promise<void> {
    const wide = await wideFiles(files, options.platform);
    if (fence.isHeld && (await fence.stands())) await makePrivate(wide, lineage, notice);
    else for (const file of wide) notice(exposed(file));
  }

  async function write(snapshot: Snapshot, expectedSerial: number): Promise<void> {
    if (snapshot.serial !== expectedSerial + 1)
      throw new RangeError(`serial ${snapshot.serial} does not follow ${expectedSerial}`);
    await fence.confirm();
    const files = await filesNow();
    const stored = await readStored(files, keys);
    refuseStale(files, stored?.snapshot, { lineage: snapshot.lineage, serial: expectedSerial });
    const key = await keys.writing();
    if (stored) {
      await makeRoom(files, stored.snapshot);
      // As it is it would keep a former passphrase, or plain text, alive.
      const isCurrent = keys.isCurrent(stored.encryption);
      const backup = isCurrent ? stored.bytes : formatState(stored.snapshot, key);
      await fence.replace(files.backup, backup);
    }
    await fence.replace(files.state, formatState(snapshot, key));
    await settle(snapshot);
    isWhole = true;
    // Spent; unless the lock was lost by now, and it is the next run's, which read what was written.
    if (await fence.stands()) await rm(files.journal, { force: true });
  }

  async function append(entries: readonly JournalEntry[]): Promise<void> {
    const files = await filesNow();
    await fence.confirm();
    if (!journalReady) {
      await closeJournal();
      const stored = await readStored(files, keys);
      if (!stored) throw new Error("append needs a state: write the first snapshot before");
      refuseStale(files, stored.snapshot, base ?? stored.snapshot);
      const start = await journalStart(files.journal, stored, keys);
      await fence.replace(files.journal, start.content);
      cipher = start.cipher;
    }
    journalReady = false;
    isWhole = false;
    const file = journal ?? (await open(files.journal, "a"));
    if (fence.isHeld) journal = file;
    try {
      // It was still this run's when it was opened.
      await fence.confirm();
      await appendToJournal(file, entries, cipher);
    } finally {
      if (!fence.isHeld) await file.close();
    }
    // Only if the lock is still held, the next owner will read what was appended.
    await fence.confirm();
    journalReady = true;
  }

  async function lock(owner: LockOwner, wait?: LockWait): Promise<StateLock> {
    const { host, isAlive = () => true, lease } = options;
    const files = await stateFiles(options.path);
    const held = await takeLock(
      files.lock,
      owner,
      { host, isAlive, ...(lease && { lease }) },
      wait,
    );
    try {
      await inTurn(() => fence.raise(files.state, held, owner.run));
      locked = files;
    } catch (error) {
      await held.release();
      throw error;
    }
    const release = async () => {
      // What was appended is on disk already.
      await inTurn(closeJournal).catch(() => {});
      fence.drop();
      locked = undefined;
      await held.release();
    };
    return { ...held, release };
  }

  /** Where the lock was lost meanwhile, that is what went wrong: the files are the next run's. */
  async function step<T>(doing: string, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (!(await fence.stands())) await fence.confirm();
      throw fileError(`${doing} ${options.path}`, error);
    }
  }

  return {
    location: options.path,
    read: () => inTurn(() => step("read the state", read)),
    write: (snapshot, expectedSerial) =>
      inTurn(() => step("write the state", () => write(snapshot, expectedSerial))),
    append: gather(inTurn, (entries) =>
      step("write the journal of the state", () => append(entries)),
    ),
    isWhole: () => isWhole,
    lock,
    holder: async () => (await readLock((await stateFiles(options.path)).lock))?.owner,
    unlock: async (run) => {
      const files = await stateFiles(options.path);
      const broken = await breakLock(files.lock, run);
      if (broken) await removeUnmoved(files.state);
      return broken;
    },
  };
}
