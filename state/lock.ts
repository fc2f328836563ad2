import { rm } from "node:fs/promises";
import { OutsideError } from "../engine/model/errors.js";
import type { LockOwner, LockWait, StateLock, TookOver } from "../engine/model/state.js";
import { createWhole, fileError, replaceWhole, vanished, type WholeFile } from "./disk.js";
import { UNMOVED } from "./fence.js";
import { holdLock, type Lease } from "./held-lock.js";
import { type FoundLock, formatLock, type LockRecord, lockedBy, readLock } from "./lock-file.js";
import { deathOf, type Here } from "./owner-life.js";
import { processMark, startOfMachine } from "./process-mark.js";

/** How a lock is held, and how it is judged whether the owner of another one still runs. */
export interface LockOptions {
  /** This machine's name: of owners elsewhere only their signs of life tell. */
  readonly host: string;
  readonly isAlive: (pid: number) => boolean;
  /** Absent: the lock gives no sign of life and is taken over only when its process is gone. */
  readonly lease?: Lease;
}

/** Runs that are quicker, one after another, before something else must be wrong. */
const QUICKER = 1000;

/** Milliseconds between two looks at a lock that is waited for. */
const POLL = 500;

/**
 * Takes a lock: a file that exists while it is held. A dead owner's is taken over at once, one that
 * gives no sign of life while it is waited for after its lease. Throws `state-locked`, `interrupted`
 * and `file-error`.
 */
export async function takeLock(
  path: string,
  owner: LockOwner,
  options: LockOptions,
  wait?: LockWait,
): Promise<StateLock> {
  try {
    return await new Taking(owner, options, wait).take(path);
  } catch (error) {
    throw fileError(`write the lock ${path}`, error);
  }
}

/** Takes the lock away from a run; false where it has none. Throws `state-locked`, `file-error`. */
export async function breakLock(path: string, run: string): Promise<boolean> {
  try {
    if ((await readLock(path))?.owner.run !== run) return false;
    await rm(path, { force: true });
    return true;
  } catch (error) {
    throw fileError(`remove the lock ${path}`, error);
  }
}

type Attempt = { readonly held: StateLock } | { readonly holder: FoundLock };

class Taking {
  /** What each file said when it last changed, and how long was slept until then. */
  readonly #seen = new Map<string, { readonly content: string; readonly at: number }>();
  #slept = 0;

  readonly #owner: LockOwner;
  readonly #options: LockOptions;
  readonly #wait: LockWait | undefined;

  constructor(owner: LockOwner, options: LockOptions, wait: LockWait | undefined) {
    this.#owner = owner;
    this.#options = options;
    this.#wait = wait;
  }

  async take(path: string): Promise<StateLock> {
    const wait = this.#wait;
    for (;;) {
      const attempt = await this.#attempt(path);
      if ("held" in attempt) return attempt.held;
      // No time of day: that may be set while this waits.
      const left = wait ? wait.timeout - this.#slept : 0;
      if (!wait || left <= 0) throw lockedBy(attempt.holder);
      wait.onWait(attempt.holder.owner, left);
      const pause = Math.min(POLL, left);
      await wait.clock.sleep(pause, wait.signal);
      this.#refuseInterrupted();
      this.#slept += pause;
    }
  }

  #refuseInterrupted(): void {
    if (this.#wait?.signal.aborted)
      throw new OutsideError("interrupted", "Interrupted; nothing was changed.");
  }

  async #attempt(path: string): Promise<Attempt> {
    const owner = this.#owner;
    const { lease } = this.#options;
    const record = {
      ...owner,
      ...processMark(owner.pid),
      ...(lease && { lease: lease.seconds, beat: lease.clock.now().toISOString() }),
    };
    const temporary = `${path}.${owner.run}${UNMOVED}`;
    const mine = { path, temporary, content: formatLock(record) };
    for (let tries = 0; tries < QUICKER; tries += 1) {
      this.#refuseInterrupted();
      const attempt = await this.#try(mine, record).catch((error: unknown) => {
        // Whoever takes the lock removes what others were about to put in its place.
        if (!vanished(error)) throw error;
      });
      if (attempt) return attempt;
    }
    throw new OutsideError("state-locked", `the lock ${path} can be neither read nor made`, {
      help: `look at what ${path} is, and remove it if no run is under way`,
    });
  }

  /** Undefined where another run was quicker. */
  async #try(mine: WholeFile, record: LockRecord): Promise<Attempt | undefined> {
    const { path } = mine;
    const { lease } = this.#options;
    const found = await readLock(path);
    if (!found) {
      const isMade = await createWhole(mine);
      return isMade ? { held: await holdLock(path, record, lease) } : undefined;
    }
    const because = this.#whyFree(path, found);
    if (!because) return { holder: found };
    // Only the holder of the lock on the lock may replace it, and only while it says the same.
    const guard = await this.#attempt(`${path}.takeover`);
    if ("holder" in guard) return guard;
    try {
      if ((await readLock(path))?.content !== found.content) return undefined;
      await replaceWhole(mine);
      const held = await holdLock(path, record, lease);
      return { held: { ...held, tookOver: { owner: found.owner, because } } };
    } finally {
      await guard.held.release();
    }
  }

  /** Why a lock may be taken over, if it may. */
  #whyFree(path: string, { record, content }: FoundLock): TookOver["because"] | undefined {
    const death = deathOf(record, this.#here(record.pid));
    if (death) return death;
    const seen = this.#seen.get(path);
    if (seen?.content !== content) {
      this.#seen.set(path, { content, at: this.#slept });
      return undefined;
    }
    // Only time in which this process was awake to see a beat counts.
    const silence = this.#slept - seen.at;
    return record.lease !== undefined && silence >= record.lease * 1000 ? "silent" : undefined;
  }

  #here(pid: number): Here {
    const { host, isAlive } = this.#options;
    const start = startOfMachine();
    return { host, isAlive, mark: processMark(pid), ...(start !== undefined && { start }) };
  }
}
