import { OutsideError } from "../engine/model/errors.js";
import { refuseRollback } from "./backup.js";
import { type Journal, readJournal } from "./journal-file.js";
import type { Keyring } from "./keyring.js";
import { readOpening } from "./opening.js";
import type { StateFiles } from "./state-files.js";
import { readStored, type Stored } from "./stored.js";

/** A state and the journal that continues it. */
export interface ReadState {
  readonly stored?: Stored;
  readonly journal?: Journal;
}

/** After that many it is no chance any more. */
const MOST_TRIES = 10;

/**
 * Reads a state and its journal, of one moment: what another run writes in between is read anew. Undefined
 * parts are not there, or of no use. Throws `state-unreadable`, `state-rolled-back`, `state-stale` and `file-error`.
 */
export async function readState(files: StateFiles, keys: Keyring): Promise<ReadState> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const stored = await readStored(files, keys);
    const rest = await journalOf(files, stored, keys).then(
      (journal) => ({ journal }),
      (error: unknown) => ({ error }),
    );
    // Only of what stayed as it was an error is one.
    if (await hasChanged(files, stored)) continue;
    if ("error" in rest) throw rest.error;
    return { ...(stored && { stored }), ...(rest.journal && { journal: rest.journal }) };
  }
  throw new OutsideError("state-stale", `${files.state} changes again and again while it is read`, {
    help: "try again when the runs that write it have ended",
  });
}

async function journalOf(
  files: StateFiles,
  stored: Stored | undefined,
  keys: Keyring,
): Promise<Journal | undefined> {
  if (stored) await refuseRollback(files, stored.snapshot);
  return readJournal(files.journal, stored, keys);
}

async function hasChanged(files: StateFiles, stored: Stored | undefined): Promise<boolean> {
  const now = await readOpening(files.state);
  // One that was edited by hand may not tell.
  if (!now) return false;
  const { lineage, serial } = stored?.snapshot ?? {};
  return now.lineage !== lineage || now.serial !== serial;
}
