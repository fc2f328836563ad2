import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { LockOwner } from "../engine/model/state.js";
import { Altered, type Encryption } from "./cipher.js";
import { Malformed } from "./codec.js";
import { type Copy, copiesOf } from "./copies.js";
import { fileError } from "./disk.js";
import { isUnmoved } from "./fence.js";
import { Foreign } from "./foreign.js";
import type { JournalBase } from "./journal.js";
import { type Salvaged, salvageJournal } from "./journal-salvage.js";
import type { Keyring } from "./keyring.js";
import { lockLost, readLock } from "./lock-file.js";
import { readCover, readOpening } from "./opening.js";
import { refusePlain } from "./plain-journal.js";
import { type WideFile, wideFiles } from "./privacy.js";
import { readWhole } from "./read-whole.js";
import { parseState, type StateFile } from "./state-file.js";
import { type StateFiles, stateFiles } from "./state-files.js";
import { OWN_COPY, unreadable } from "./unreadable.js";

/** A file of a state as it is found. */
export type Found<T> =
  | { readonly kind: "absent" }
  | { readonly kind: "read"; readonly value: T; readonly bytes: Uint8Array }
  | {
      readonly kind: "unreadable";
      readonly error: unknown;
      /** It is damaged, or of another program; as opposed to a newer format, or another passphrase. */
      readonly isDamaged: boolean;
      /** Which state it is of, as far as its beginning tells. */
      readonly opening?: JournalBase;
    };

/** All files of a state, each read by itself. Nothing is changed. */
export interface Survey {
  readonly files: StateFiles;
  readonly state: Found<StateFile>;
  readonly backup: Found<StateFile>;
  readonly journal: Found<Salvaged | undefined>;
  /** Who holds the lock; an error where that cannot be told. */
  readonly holder: LockOwner | undefined | Error;
  readonly wide: readonly WideFile[];
  /** Copies that a repair or a write has kept. */
  readonly copies: readonly Copy[];
  /** Files that a run was about to put in their places. */
  readonly unmoved: readonly string[];
}

/** `platform` is Node's name for the system; absent: one that has modes. */
export async function survey(path: string, keys: Keyring, platform?: string): Promise<Survey> {
  const files = await stateFiles(path);
  const state = await found(files.state, (bytes, at) => parseState(bytes, keys, at), OWN_COPY);
  const backup = await found(
    files.backup,
    (bytes, at) => parseState(bytes, keys, at),
    `move ${files.backup} away`,
  );
  const journal = await found(
    files.journal,
    async (bytes, at) => {
      const salvaged = await salvageJournal(bytes, keys, at);
      if (salvaged) refusePlain(salvaged.encryption, await coverOf(files, salvaged.base), keys);
      return salvaged;
    },
    `move ${files.journal} away`,
  );
  const holder = await readLock(files.lock).then(
    (lock) => lock?.owner,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const wide = await wideFiles(files, platform);
  const beside = await readdir(dirname(files.state)).catch(() => []);
  const unmoved = beside.filter((name) => isUnmoved(files.state, name));
  const copies = await copiesOf(files);
  return { files, state, backup, journal, holder, wide, copies, unmoved };
}

/**
 * How the state that a journal continues is encrypted, or its backup where that does not tell, as far as their
 * beginnings do; undefined for plain text, and where the journal is spent.
 */
async function coverOf(files: StateFiles, journal: JournalBase): Promise<Encryption | undefined> {
  for (const path of [files.state, files.backup]) {
    const [cover, opening] = [await readCover(path), await readOpening(path)];
    if (!cover || !opening) continue;
    const isSpent = opening.lineage === journal.lineage && opening.serial > journal.serial;
    return isSpent || cover === "plain" ? undefined : cover;
  }
  return undefined;
}

/**
 * As {@link survey}, of the state whose lock a run holds. Throws `lock-lost` where it does not: a link in the
 * path may lead to another state by now.
 */
export async function surveyHeld(
  path: string,
  run: string,
  keys: Keyring,
  platform?: string,
): Promise<Survey> {
  const seen = await survey(path, keys, platform);
  if (seen.holder instanceof Error) throw seen.holder;
  if (seen.holder?.run !== run) throw lockLost(seen.files.lock, seen.holder);
  return seen;
}

async function found<T>(
  path: string,
  parse: (bytes: Uint8Array, path: string) => Promise<T>,
  remedy: string,
): Promise<Found<T>> {
  try {
    const bytes = await readWhole(path);
    if (!bytes) return { kind: "absent" };
    return { kind: "read", value: await parse(bytes, path), bytes };
  } catch (error) {
    const isDamaged = [Malformed, Altered, Foreign].some((it) => error instanceof it);
    const opening = await readOpening(path);
    const told = fileError(`read ${path}`, unreadable(path, error, remedy));
    return { kind: "unreadable", error: told, isDamaged, ...(opening && { opening }) };
  }
}

/** Which state a file is of, as far as that can be told. */
export function baseOf(file: Found<StateFile>): JournalBase | undefined {
  if (file.kind === "read") return file.value.snapshot;
  return file.kind === "unreadable" ? file.opening : undefined;
}

/** Which state the journal continues, as far as that can be told. */
export function journalBaseOf({ journal }: Pick<Survey, "journal">): JournalBase | undefined {
  if (journal.kind === "read") return journal.value?.base;
  return journal.kind === "unreadable" ? journal.opening : undefined;
}
