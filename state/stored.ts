import { stat } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import { Foreign } from "./foreign.js";
import type { JournalBase } from "./journal.js";
import type { Keyring } from "./keyring.js";
import { readOpening } from "./opening.js";
import { readWhole } from "./read-whole.js";
import { parseState, type StateFile } from "./state-file.js";
import type { StateFiles } from "./state-files.js";
import { OTHER_STATE, OWN_COPY, unreadable } from "./unreadable.js";

/** A state as it is on disk. */
export interface Stored extends StateFile {
  readonly bytes: Uint8Array;
}

/** The state without its journal; undefined where there is none. Throws `state-unreadable`. */
export async function readStored(files: StateFiles, keys: Keyring): Promise<Stored | undefined> {
  const bytes = await readWhole(files.state);
  if (!bytes) return undefined;
  try {
    return { ...(await parseState(bytes, keys, files.state)), bytes };
  } catch (error) {
    throw unreadable(files.state, error, await remedyFor(files, error));
  }
}

/** Only what there is is offered: a backup, and a repair where there is something to repair from. */
async function remedyFor(files: StateFiles, error: unknown): Promise<string> {
  const backup = await readOpening(files.backup);
  const journal = await readOpening(files.journal);
  const isForeign = error instanceof Foreign;
  if (!backup && !journal) return isForeign ? OTHER_STATE : OWN_COPY;
  const kept = backup ? `; the state before the last write is kept in ${files.backup}` : "";
  const before = isForeign ? `${OTHER_STATE}; if it has taken a state's place, ` : "";
  return `${before}\`portcullis state repair\` looks for what can be saved${kept}`;
}

export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Throws `state-stale` where another state, or another version of it, is there than the expected one. */
export function refuseStale(
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
