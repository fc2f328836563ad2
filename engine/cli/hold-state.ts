import type { Keyring } from "../../state/keyring.js";
import type { StateLock, StateStore } from "../model/state.js";
import type { ExitCode } from "./exit-codes.js";
import { type Interrupts, interruptible } from "./interrupts.js";
import type { LockOptions, StateOptions } from "./options.js";
import { stateKeys } from "./passphrase.js";
import { locked, openStore } from "./state.js";
import type { World } from "./world.js";

/** A state while this run, and no other, holds it; nothing is written before `begin`. */
export interface HeldState extends Pick<Interrupts, "signal" | "begin"> {
  readonly store: StateStore;
  readonly keys: Keyring;
  readonly lock: StateLock;
  /** The id of this run. */
  readonly run: string;
}

/** Does the work on a state that it alone concerns: no cloud. Signals end it in good order. */
export async function holdState(
  world: World,
  options: StateOptions & LockOptions,
  work: (held: HeldState) => Promise<ExitCode>,
): Promise<ExitCode> {
  const keys = stateKeys(world);
  const store = openStore(world, options, keys);
  const run = world.runtime(world.cwd).random.uuid();
  return interruptible(world, async ({ signal, begin, orLeave }) => {
    await orLeave(keys.ask());
    return locked(world, store, { ...options, run, signal }, (lock) =>
      work({ store, keys, lock, run, signal, begin }),
    );
  });
}
