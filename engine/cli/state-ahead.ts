import { isDeepStrictEqual } from "node:util";
import type { Keyring } from "../../state/keyring.js";
import { emptySnapshot, type Snapshot, type StateLock } from "../model/state.js";
import type { StateOptions } from "./options.js";
import { openStore } from "./state.js";
import type { World } from "./world.js";

/** Longer than a lock is taken that nobody has, in milliseconds. */
const NO_WAIT = 1000;

/**
 * The state as it is before the lock is taken: what is listed after it has been read is no older than it.
 * Nothing is told of its files; that is for the reading that counts.
 */
export class StateAhead {
  readonly #world: World;
  readonly #read: () => Promise<Snapshot | undefined>;
  #found: Promise<Snapshot | undefined> | undefined;

  constructor(world: World, options: StateOptions, keys: Keyring) {
    this.#world = world;
    this.#read = async () => openStore(world, options, keys, () => {}).read();
  }

  readonly read = (): Promise<Snapshot | undefined> => {
    this.#found ??= this.#read();
    return this.#found;
  };

  /**
   * Whether another run may have made what is in no list that was read before the lock was had: it has written
   * meanwhile, or was killed before it could; or so much time has passed that people may have.
   */
  async isStale(snapshot: Snapshot, lock: StateLock, asked: Date): Promise<boolean> {
    const { clock } = this.#world.runtime(this.#world.cwd);
    const waited = clock.now().getTime() - asked.getTime();
    if (!this.#found || lock.tookOver || waited > NO_WAIT) return true;
    const before = await this.#found.catch(() => null);
    return (
      before === null || !isDeepStrictEqual(before ?? emptySnapshot(snapshot.lineage), snapshot)
    );
  }
}
