import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { StateLock } from "../engine/model/state.js";
import { replaceWhole } from "./disk.js";

/**
 * Lets the run that holds the lock write, and nobody who has lost it, however long it stood still
 * and wherever.
 *
 * A file is written under a name of the run's own, then the lock is asked for, then the file is
 * moved. Whoever takes the lock removes what was not moved yet, before reading anything: so either
 * the move came before and is read, or it finds nothing to move.
 */
export class Fence {
  #held: { readonly lock: StateLock; readonly run: string } | undefined;

  /** Whether a lock was taken. Without, nothing is kept from writing. */
  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** From now on only this lock's owner writes to the state. */
  async raise(state: string, lock: StateLock, run: string): Promise<void> {
    this.#held = { lock, run };
    await removeUnmoved(state);
  }

  drop(): void {
    this.#held = undefined;
  }

  /** To be asked before and after each write. Throws `lock-lost`. */
  async confirm(): Promise<void> {
    await this.#held?.lock.confirm();
  }

  /** Whether the run may still write. */
  async stands(): Promise<boolean> {
    await this.confirm().catch(() => {});
    return !this.#held?.lock.lost.aborted;
  }

  /** Puts a file in the place of what is there, durable when it resolves. Throws `lock-lost`. */
  async replace(path: string, content: string | Uint8Array): Promise<void> {
    const temporary = `${path}.${this.#held?.run ?? "new"}${UNMOVED}`;
    try {
      await replaceWhole({ path, temporary, content, confirm: () => this.confirm() });
    } catch (error) {
      // Where the next owner has removed it, that is what is to be told.
      await this.confirm();
      throw error;
    }
  }
}

/** How the name of a file ends that is not in its place yet. */
export const UNMOVED = ".tmp";

/** Removes what runs that ended or lost the lock were about to put in its place. */
export async function removeUnmoved(state: string): Promise<void> {
  const folder = dirname(state);
  const names = await readdir(folder);
  const unmoved = names.filter((name) => isUnmoved(state, name));
  await Promise.all(unmoved.map((name) => rm(join(folder, name), { force: true })));
}

/** Of which file of a state, and of which run. */
const WAITING = /^(?:\.(?:backup|journal|lock(?:\.takeover)*))?\.[^.]+\.tmp$/u;

/** Whether a name in a state's folder is that of such a file, and not of a state whose name only begins so. */
export function isUnmoved(state: string, name: string): boolean {
  const own = basename(state);
  return name.startsWith(own) && WAITING.test(name.slice(own.length));
}
