import { createHash } from "node:crypto";
import { rename } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import { KEPT } from "./copies.js";
import { fileError } from "./disk.js";
import type { JournalBase } from "./journal.js";
import { readOpening } from "./opening.js";
import { readWhole } from "./read-whole.js";
import type { StateFiles } from "./state-files.js";

/** Throws `state-rolled-back` where a state is older than its own backup: a copy was put in its place. */
export async function refuseRollback(files: StateFiles, state: JournalBase): Promise<void> {
  const backup = await readOpening(files.backup);
  if (backup?.lineage !== state.lineage || backup.serial <= state.serial) return;
  throw new OutsideError(
    "state-rolled-back",
    `${files.state} (serial ${state.serial}) is older than its backup (serial ${backup.serial}): an older copy was put in its place`,
    {
      help: `\`portcullis state repair\` puts the newer one back; if the older one is meant, move ${files.backup} away`,
    },
  );
}

/**
 * Makes room for the backup of a state. One that is of another state, or of a newer version of this one, or
 * that is not understood, is the only copy of what it holds and is kept under a name of its own. Throws `file-error`.
 */
export async function makeRoom(files: StateFiles, state: JournalBase): Promise<void> {
  const bytes = await readWhole(files.backup).catch((error: unknown) => {
    throw fileError(`read the backup ${files.backup}`, error);
  });
  if (!bytes) return;
  const there = await readOpening(files.backup);
  if (there?.lineage === state.lineage && there.serial <= state.serial) return;
  const mark = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  await rename(files.backup, `${files.backup}${KEPT}${mark}`);
}
