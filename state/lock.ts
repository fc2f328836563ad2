import { rm } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { LockOwner, StateLock } from "../engine/model/state.js";
import { type Codec, count, object, optional, text } from "./codec.js";
import { createWhole, fileError, readWhole, replaceWhole } from "./disk.js";
import { parseJson } from "./format.js";
import { type ProcessMark, processMark } from "./process-mark.js";

/** How a lock judges whether its owner still runs. */
export interface Liveness {
  /** This machine's name. Owners elsewhere are taken to live. */
  readonly host: string;
  readonly isAlive: (pid: number) => boolean;
}

const lockFile: Codec<LockOwner & ProcessMark> = object<LockOwner & ProcessMark>({
  run: text,
  user: text,
  host: text,
  pid: count,
  command: text,
  since: text,
  namespace: optional(text),
  started: optional(text),
});

/**
 * Takes a lock: a file that exists while it is held. A dead owner's is taken over. Throws
 * `state-locked` for any other, and `file-error`.
 */
export async function takeLock(
  path: string,
  owner: LockOwner,
  liveness: Liveness,
): Promise<StateLock> {
  try {
    return await take(path, owner, liveness);
  } catch (error) {
    throw fileError(`write the lock ${path}`, error);
  }
}

async function take(path: string, owner: LockOwner, liveness: Liveness): Promise<StateLock> {
  const record = { ...owner, ...processMark(owner.pid) };
  const content = `${JSON.stringify(lockFile.encode(record), null, 2)}\n`;
  const mine = { path, temporary: `${path}.${owner.run}`, content };
  for (;;) {
    if (await createWhole(mine)) return { release: () => release(path, content) };
    const theirs = await readWhole(path);
    if (!theirs) continue;
    const dead = deadOwner(path, theirs, liveness);
    // Only the holder of the lock on the lock may replace it, and only while it is still the dead one.
    const guard = await take(`${path}.takeover`, owner, liveness);
    try {
      if (!isSame(await readWhole(path), theirs)) continue;
      await replaceWhole(mine);
      return { tookOver: dead, release: () => release(path, content) };
    } finally {
      await guard.release();
    }
  }
}

/** The owner of a lock, if it is dead. Throws `state-locked` otherwise. */
function deadOwner(path: string, content: Uint8Array, liveness: Liveness): LockOwner {
  const found = parseLock(path, content);
  const { namespace, started, ...owner } = found;
  const now = processMark(owner.pid);
  const comparable = owner.host === liveness.host && namespace === now.namespace;
  const isSameProcess = started === undefined || started === now.started;
  if (comparable && !(isSameProcess && liveness.isAlive(owner.pid))) return owner;
  throw new OutsideError(
    "state-locked",
    `the state is locked by ${owner.user} on ${owner.host} (process ${owner.pid}), ` +
      `running \`${owner.command}\` since ${owner.since}`,
    { help: `wait for it to end; if you are certain that it has, remove ${path}` },
  );
}

function parseLock(path: string, content: Uint8Array): LockOwner & ProcessMark {
  try {
    return lockFile.decode(parseJson(content, ""), "");
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

async function release(path: string, content: string): Promise<void> {
  const there = await readWhole(path);
  if (there && isSame(there, new TextEncoder().encode(content))) await rm(path, { force: true });
}

function isSame(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}
