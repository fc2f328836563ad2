import { stat } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { JournalBase } from "./journal.js";
import type { Keyring } from "./keyring.js";
import { readWhole } from "./read-whole.js";
import { parseState, type StateFile } from "./state-file.js";
import type { StateFiles } from "./state-files.js";
import { unreadable } from "./unreadable.js";

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
    const kept = (await isThere(files.backup))
      ? `; the state before the last write is kept in ${files.backup}`
      : "";
    const remedy = `\`portcullis state repair\` looks for what can be saved${kept}`;
    throw unreadable(files.state, error, remedy);
  }
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
