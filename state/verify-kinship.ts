import type { Finding } from "../engine/model/finding.js";
import { baseOf, journalBaseOf, type Survey } from "./survey.js";
import { failed, ok, REPAIR } from "./verified.js";

/** Whether all files are of one state. */
export function lineageOf(all: Survey): Finding {
  const bases = [baseOf(all.state), baseOf(all.backup), journalBaseOf(all)];
  const different = [...new Set(bases.flatMap((it) => it?.lineage ?? []))];
  if (different.length <= 1) return ok("lineage", "one state in all its files");
  return failed("lineage", "the files are of different states", REPAIR, { lineages: different });
}

/** Whether the state is the newest of them. */
export function serialOf(all: Survey): Finding {
  const state = baseOf(all.state);
  const [backup, journal] = [baseOf(all.backup), journalBaseOf(all)];
  if (!state) {
    return !backup && !journal
      ? ok("serial", "there is no state")
      : failed("serial", "there is a backup or a journal, and no state", REPAIR);
  }
  if (backup?.lineage === state.lineage && backup.serial > state.serial)
    return failed(
      "serial",
      `the backup is newer: ${backup.serial}, the state ${state.serial}`,
      REPAIR,
    );
  if (journal?.lineage === state.lineage && journal.serial > state.serial)
    return failed(
      "serial",
      `the journal continues serial ${journal.serial}, the state has ${state.serial}`,
      REPAIR,
    );
  return ok("serial", "no file is newer than the state", { serial: state.serial });
}
