import { formatAddress } from "../engine/model/address.js";
import { OutsideError } from "../engine/model/errors.js";
import { emptySnapshot, replay, type Snapshot } from "../engine/model/state.js";
import { formatSnapshot } from "./format.js";
import { FORMAT_VERSION } from "./migrations.js";
import type { WideFile } from "./privacy.js";
import { baseOf, journalBaseOf, type Survey } from "./survey.js";

/** What would mend a state. */
export interface Repair {
  /** What is wrong and what becomes of it, in sentences; empty: nothing is. */
  readonly steps: readonly string[];
  /** What cannot be brought back, in sentences. */
  readonly losses: readonly string[];
  /** The state to be written, with all that its journal records; absent: it stays. */
  readonly snapshot?: Snapshot;
  /** Files that go. Of them and of the state a copy is kept. */
  readonly removed: readonly string[];
  /** Of which state all are then. */
  readonly lineage: string;
  /** Files that others can use, and that get mode 0600. */
  readonly closed: readonly WideFile[];
}

/**
 * Chooses the newest of what can be read, and adds what the journal records. Throws the error of a file that
 * only another passphrase or another Portcullis reads, and `state-unreadable` where there is nothing to read.
 */
export function decideRepair(all: Survey): Repair {
  for (const file of [all.state, all.backup, all.journal]) {
    if (file.kind === "unreadable" && !file.isDamaged) throw file.error;
  }
  const base = chooseBase(all);
  const journal = judgeJournal(all, base);
  const merged = replay(base, journal.entries);
  const mended = withoutStrayDependencies(merged);
  const steps = [...choiceOf(all, base), ...journal.steps, ...tidyingOf(all, merged, mended)];
  const strangers = strangeBackup(all, base);
  const isWritten = steps.length > 0;
  return {
    steps: [
      ...steps,
      ...strangers.map((path) => `${path} is of no use to this state and is set aside.`),
    ],
    losses: [...choiceLosses(all, base), ...journal.losses],
    ...(isWritten && { snapshot: { ...mended, serial: newestSerial(all, base) + 1 } }),
    removed: [
      ...strangers,
      ...(isWritten && all.journal.kind !== "absent" ? [all.files.journal] : []),
    ],
    lineage: base.lineage,
    closed: all.wide.filter(({ lineage }) => lineage === base.lineage),
  };
}

function chooseBase({ files, state, backup, journal }: Survey): Snapshot {
  const own = state.kind === "read" ? state.value.snapshot : undefined;
  const before = backup.kind === "read" ? backup.value.snapshot : undefined;
  const added = journal.kind === "read" ? journal.value?.base : undefined;
  if (own && before) {
    if (own.lineage === before.lineage) return own.serial >= before.serial ? own : before;
    return added?.lineage === before.lineage ? before : own;
  }
  const only = own ?? before;
  if (only) return only;
  if (added) return { ...emptySnapshot(added.lineage), serial: added.serial };
  const isNothing = [state, backup, journal].every(({ kind }) => kind === "absent");
  throw isNothing
    ? new OutsideError("usage", `There is no state ${files.state}, nor anything of it.`, {
        help: "Name it with --dir or --state.",
      })
    : new OutsideError(
        "state-unreadable",
        `nothing of ${files.state} can be read: neither it nor its backup nor its journal`,
        {
          help: "put a copy of your own back; nothing was changed",
        },
      );
}

/** Why the state is written from what was chosen, where that is not the state itself. */
function choiceOf({ files, state, backup }: Survey, base: Snapshot): readonly string[] {
  if (state.kind === "read" && state.value.snapshot === base) return [];
  const isBackup = backup.kind === "read" && backup.value.snapshot === base;
  const source = isBackup ? `its backup (serial ${base.serial})` : "its journal alone";
  const why =
    state.kind === "absent"
      ? "is not there"
      : state.kind === "unreadable"
        ? "cannot be read"
        : state.value.snapshot.lineage === base.lineage
          ? `is older (serial ${state.value.snapshot.serial})`
          : "is another state than its backup and its journal";
  return [`${files.state} ${why} and is written anew from ${source}.`];
}

function choiceLosses({ state, backup, journal }: Survey, base: Snapshot): readonly string[] {
  if (state.kind === "read") return [];
  const but = journal.kind === "read" && journal.value ? ", but for what the journal records" : "";
  if (backup.kind !== "read") return [`All that was written before the last run${but}.`];
  return [`What was written to the state after serial ${base.serial}${but}.`];
}

function judgeJournal({ files, journal }: Survey, base: Snapshot) {
  const nothing = { entries: [], steps: [], losses: [] };
  if (journal.kind === "absent" || (journal.kind === "read" && !journal.value)) return nothing;
  if (journal.kind === "unreadable")
    return {
      entries: [],
      steps: [`${files.journal} cannot be read and is set aside.`],
      losses: [
        "What the last interrupted run recorded. The next plan shows what the cloud has of it.",
      ],
    };
  const { value } = journal;
  if (!value) return nothing;
  if (value.base.lineage !== base.lineage)
    return { ...nothing, steps: [`${files.journal} is of another state and is set aside.`] };
  if (value.base.serial < base.serial) return nothing;
  const steps = [
    ...(value.base.serial > base.serial
      ? [`${files.journal} continues serial ${value.base.serial}: what it records is added.`]
      : []),
    ...(value.losses.length > 0
      ? [`${files.journal} is damaged: what can be read of it is added to the state.`]
      : []),
  ];
  const losses = value.losses.map((it) => `What one line of the journal recorded (${it}).`);
  return { entries: value.entries, steps, losses };
}

/** What of the state itself is not as it should be. */
function tidyingOf(
  { files, state }: Survey,
  merged: Snapshot,
  mended: Snapshot,
): readonly string[] {
  const isEdited =
    state.kind === "read" &&
    !state.value.encryption &&
    state.value.version === FORMAT_VERSION &&
    !Buffer.from(formatSnapshot(state.value.snapshot)).equals(state.bytes);
  return [
    ...(isEdited ? [`${files.state} is not as Portcullis writes it and is written anew.`] : []),
    ...(mended === merged ? [] : ["Dependencies on what is not in the state are dropped."]),
  ];
}

function withoutStrayDependencies(snapshot: Snapshot): Snapshot {
  const { instances, pending } = snapshot;
  const known = new Set([...instances, ...pending].map((it) => formatAddress(it.address)));
  const isStray = instances.some(({ dependencies }) =>
    dependencies.some((it) => !known.has(formatAddress(it))),
  );
  if (!isStray) return snapshot;
  return {
    ...snapshot,
    instances: instances.map((it) => ({
      ...it,
      dependencies: it.dependencies.filter((on) => known.has(formatAddress(on))),
    })),
  };
}

/** A backup that is damaged or of another state would stand in the way. */
function strangeBackup({ files, backup }: Survey, base: Snapshot): readonly string[] {
  const isStrange =
    backup.kind === "unreadable" ||
    (backup.kind === "read" && backup.value.snapshot.lineage !== base.lineage);
  return isStrange ? [files.backup] : [];
}

/** The highest serial of this state that any file tells of: the next one is new to everybody. */
function newestSerial(all: Survey, base: Snapshot): number {
  const bases = [baseOf(all.state), baseOf(all.backup), journalBaseOf(all)];
  const kin = bases.flatMap((it) => (it?.lineage === base.lineage ? [it.serial] : []));
  return Math.max(base.serial, ...kin);
}
