import { basename } from "node:path";
import { OutsideError } from "../engine/model/errors.js";
import type { Finding } from "../engine/model/finding.js";
import type { Provider } from "../engine/model/provider.js";
import { replay, type Snapshot } from "../engine/model/state.js";
import type { Copy } from "./copies.js";
import { formatSnapshot } from "./format.js";
import type { Keyring } from "./keyring.js";
import { FORMAT_VERSION } from "./migrations.js";
import { decideRepair, type Repair } from "./repair-decision.js";
import type { StateFile } from "./state-file.js";
import { type Found, type Survey, survey } from "./survey.js";
import { failed, ok, REPAIR } from "./verified.js";
import { lineageOf, serialOf } from "./verify-kinship.js";
import { verifySnapshot } from "./verify-snapshot.js";
import { type Site, stagedOf } from "./verify-staged.js";

/** Where a state is looked at. */
export interface Surroundings {
  /** Node's name for the system; absent: one that has modes. */
  readonly platform?: string;
  /** Absent: where secrets wait is not looked at. */
  readonly site?: Site;
}

/** Looks at everything that a state promises, and changes nothing. */
export async function verifyState(
  path: string,
  keys: Keyring,
  providers: readonly Provider[],
  { platform, site }: Surroundings = {},
): Promise<readonly Finding[]> {
  const all = await survey(path, keys, platform);
  const snapshot = wholeOf(all);
  return [
    ...lockOf(all),
    readable("state", all, all.state, keys),
    readable("backup", all, all.backup, keys),
    journalOf(all),
    ...addressesOf(all),
    lineageOf(all),
    serialOf(all),
    modesOf(all),
    copiesOf(all),
    unmovedOf(all),
    ...(snapshot && site ? [await stagedOf(snapshot, providers, site)] : []),
    ...(snapshot ? [pendingOf(snapshot), ...verifySnapshot(snapshot, providers)] : []),
  ];
}

/** The state with what was appended to it, as far as it can be read. */
function wholeOf({ state, journal }: Survey): Snapshot | undefined {
  if (state.kind !== "read") return undefined;
  const { snapshot } = state.value;
  const added = journal.kind === "read" ? journal.value : undefined;
  const continues =
    added?.base.lineage === snapshot.lineage && added.base.serial === snapshot.serial;
  return continues ? replay(snapshot, added.entries) : snapshot;
}

/** A run that is under way changes what is looked at. */
function lockOf({ holder, files }: Survey): readonly Finding[] {
  if (holder === undefined) return [];
  if (holder instanceof Error)
    return [failed("lock", holder.message, `remove ${files.lock}, if no run is under way`)];
  const { user, host, pid, command, since } = holder;
  const summary = `held by ${user} on ${host} (process ${pid}), running ${command} since ${since}`;
  return [
    { step: "lock", status: "warning", summary, facts: {}, help: "verify again when it has ended" },
  ];
}

function readable(
  step: "state" | "backup",
  all: Survey,
  file: Found<StateFile>,
  keys: Keyring,
): Finding {
  const path = all.files[step];
  if (file.kind === "absent") return ok(step, "there is none", { file: path });
  if (file.kind === "unreadable") return unread(step, file, all);
  const { version, encryption, snapshot } = file.value;
  const facts = {
    file: path,
    format: version,
    encrypted: encryption ? "scrypt, AES-256-GCM" : "no",
    lineage: snapshot.lineage,
    serial: snapshot.serial,
  };
  if (!keys.isCurrent(encryption)) {
    const help = "portcullis state rotate-key";
    const summary = encryption ? "encrypted with the old passphrase" : "not encrypted";
    return { step, status: "warning", summary, facts, help };
  }
  const older = version < FORMAT_VERSION ? ", of an older format that the next write renews" : "";
  return ok(step, `read whole${older}`, facts);
}

/** The remedy of what is no file, or none that this user may read. */
const MOVE_AWAY = "put a file that can be read in its place, or move it away";

function unread(
  step: string,
  { error, isDamaged }: { readonly error: unknown; readonly isDamaged: boolean },
  all: Survey,
): Finding {
  const summary = error instanceof Error ? error.message : String(error);
  const own = error instanceof OutsideError ? error.help : undefined;
  return failed(step, summary, isDamaged && repairOf(all) ? REPAIR : (own ?? MOVE_AWAY));
}

/** What a repair would do; undefined where it finds nothing to repair the state from. */
function repairOf(all: Survey): Repair | undefined {
  try {
    return decideRepair(all);
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    throw error;
  }
}

function journalOf(all: Survey): Finding {
  const { journal, files } = all;
  if (journal.kind === "absent") return ok("journal", "there is none");
  if (journal.kind === "unreadable") return unread("journal", journal, all);
  const { value } = journal;
  const facts = { file: files.journal };
  if (!value) return ok("journal", "nothing in it was durable", facts);
  if (value.losses.length > 0)
    return failed("journal", `damaged: ${value.losses.join("; ")}`, REPAIR, facts);
  const { lineage, serial } = value.base;
  return ok("journal", `${value.entries.length} records, read whole`, {
    ...facts,
    lineage,
    serial,
  });
}

/** What is encrypted was written so by Portcullis, and of another format it is written anew. */
function addressesOf({ state }: Survey): readonly Finding[] {
  if (state.kind !== "read" || state.value.encryption || state.value.version !== FORMAT_VERSION)
    return [];
  const isAsWritten = Buffer.from(formatSnapshot(state.value.snapshot)).equals(state.bytes);
  return [
    isAsWritten
      ? ok("addresses", "each once, in their order")
      : failed("addresses", "the file is not as Portcullis writes it: edited by hand?", REPAIR),
  ];
}

function modesOf(all: Survey): Finding {
  const { wide } = all;
  if (wide.length === 0) return ok("modes", "no file of the state can be used by others");
  const facts = Object.fromEntries(wide.map(({ path, mode }) => [path, mode]));
  const repair = repairOf(all);
  const isMended = wide.every((it) => repair?.closed.includes(it));
  const byHand = wide.map(({ path }) => `chmod 600 ${path}`).join("; ");
  return failed("modes", "others can use files of the state", isMended ? REPAIR : byHand, facts);
}

/** No failure: they are kept on purpose, until somebody has looked at them. */
function copiesOf({ copies }: Survey): Finding {
  if (copies.length === 0) return ok("copies", "none was kept");
  const how = ({ cover }: Copy) => (typeof cover === "string" ? COVERS[cover] : "encrypted");
  return {
    step: "copies",
    status: "warning",
    summary: "copies of what was replaced; they contain what a state contains",
    facts: Object.fromEntries(copies.map((it) => [basename(it.path), how(it)])),
    help: "remove them, once nothing in them is missed",
  };
}

const COVERS = { plain: "in plain text", unknown: "its beginning is damaged" } as const;

function unmovedOf({ unmoved, holder }: Survey): Finding {
  if (unmoved.length === 0) return ok("leftovers", "no file of a run that was killed");
  const help = "the next run that takes the lock removes them, as does portcullis state repair";
  const status = holder === undefined ? "failed" : "warning";
  return {
    step: "leftovers",
    status,
    summary: "files of a run that has not put them in their places",
    facts: { files: unmoved },
    help,
  };
}

function pendingOf({ pending }: Snapshot): Finding {
  if (pending.length === 0) return ok("pending", "no write is open");
  const writes = pending.map(({ address, action }) => {
    const key = address.key === undefined ? "" : `[${JSON.stringify(address.key)}]`;
    return `${action} ${address.type}.${address.name}${key}`;
  });
  const help = "portcullis apply settles what an interrupted run has begun";
  return {
    step: "pending",
    status: "warning",
    summary: `${pending.length} begun and not ended`,
    facts: { writes },
    help,
  };
}
