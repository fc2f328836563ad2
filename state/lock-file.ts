import { lstat } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { LockOwner } from "../engine/model/state.js";
import { type Codec, count, object, optional, text } from "./codec.js";
import { fileError } from "./disk.js";
import { parseJson } from "./format.js";
import type { ProcessMark } from "./process-mark.js";
import { readWhole } from "./read-whole.js";

/** What a lock's file says. */
export interface LockRecord extends LockOwner, ProcessMark {
  /** Seconds without a sign of life after which others may take the lock; absent: they never may. */
  readonly lease?: number;
  /** The last sign of life: ISO 8601, UTC. For people; no two machines' clocks are compared. */
  readonly beat?: string;
}

/** A lock's file as it is found. */
export interface FoundLock {
  readonly owner: LockOwner;
  readonly record: LockRecord;
  /** All that it says, as text: another after each sign of life. */
  readonly content: string;
}

const lockFile: Codec<LockRecord> = object<LockRecord>({
  run: text,
  user: text,
  host: text,
  pid: count,
  command: text,
  since: text,
  machine: optional(text),
  boot: optional(text),
  namespace: optional(text),
  started: optional(text),
  lease: optional(count),
  beat: optional(text),
});

/** The file's text: of the same length whatever the time of the beat. */
export function formatLock(record: LockRecord): string {
  return `${JSON.stringify(lockFile.encode(record), null, 2)}\n`;
}

/** No run makes a link; one that leads nowhere would look like no lock, and yet be in the way of one. */
async function refuseLink(path: string): Promise<void> {
  const status = await lstat(path).catch(() => undefined);
  if (!status?.isSymbolicLink()) return;
  throw new OutsideError(
    "state-locked",
    `the lock ${path} is a symbolic link, which no run makes`,
    {
      help: `if you are certain that no run is under way, remove ${path}`,
    },
  );
}

/** The lock that is there, if any. Throws `state-locked` where it does not say whose, and `file-error`. */
export async function readLock(path: string): Promise<FoundLock | undefined> {
  await refuseLink(path);
  const bytes = await readWhole(path).catch((error: unknown) => {
    throw fileError(`read the lock ${path}`, error);
  });
  if (!bytes) return undefined;
  try {
    const record = lockFile.decode(parseJson(bytes, ""), "");
    const { run, user, host, pid, command, since } = record;
    const owner = { run, user, host, pid, command, since };
    return { owner, record, content: new TextDecoder().decode(bytes) };
  } catch (error) {
    throw new OutsideError(
      "state-locked",
      `the state is locked, and ${path} does not say by whom`,
      {
        cause: error,
        help: `if you are certain that no run is under way, remove ${path}`,
      },
    );
  }
}

/** What the user is told of a lock that another run has. */
export function lockedBy({ owner, record }: FoundLock): OutsideError {
  const { run, user, host, pid, command, since } = owner;
  const alive = record.beat === undefined ? "" : `; last sign of life ${record.beat}`;
  return new OutsideError(
    "state-locked",
    `the state is locked by ${user} on ${host} (process ${pid}), running \`${command}\` since ${since}\n` +
      `lock ID: ${run}${alive}`,
    {
      help:
        "wait for it with --lock-timeout 5m; if you are certain that it has ended, " +
        `\`portcullis force-unlock ${run}\``,
    },
  );
}

/** What the user is told where a run has lost its lock. */
export function lockLost(path: string, now: LockOwner | undefined): OutsideError {
  const whose = now
    ? `${now.user} on ${now.host} (process ${now.pid}) has it since ${now.since}`
    : `${path} does not name it any more`;
  return new OutsideError(
    "lock-lost",
    `this run has lost the lock of the state, and writes nothing more: ${whose}`,
    {
      help:
        "what it had begun is on record: the next apply settles it. " +
        "A lock is lost where a run stands still for longer than its lease, or by `portcullis force-unlock`",
    },
  );
}
