import { join, resolve } from "node:path";
import { fileStateStore } from "../../state/file-store.js";
import type { Keyring } from "../../state/keyring.js";
import { OutsideError } from "../model/errors.js";
import { emptySnapshot, type Snapshot, type StateLock, type StateStore } from "../model/state.js";
import { tookOverText } from "../ui/lock-text.js";
import { line, span } from "../ui/row.js";
import { isAlive } from "./is-alive.js";
import { startCountdown } from "./lock-countdown.js";
import { type LockOptions, STATE_FILE, type StateOptions } from "./options.js";
import { stateKeys } from "./passphrase.js";
import { printErrorRows } from "./print.js";
import type { World } from "./world.js";

/** The state file that these options name. */
export function statePath(world: World, options: StateOptions): string {
  return options.state
    ? resolve(world.cwd, options.state)
    : join(resolve(world.cwd, options.dir), STATE_FILE);
}

/** The store that these options name. */
export function openStore(
  world: World,
  options: StateOptions,
  keys: Keyring = stateKeys(world),
  notice = (message: string) => printErrorRows(world, [line(0, span(message, "warning"))]),
): StateStore {
  const path = statePath(world, options);
  const { clock, platform } = world.runtime(world.cwd);
  const lease = { clock, seconds: leaseSeconds(world) };
  const { host } = world.process;
  return fileStateStore({ path, platform, host, isAlive, lease, keys, notice });
}

/** The state, or a new one with nothing in it. */
export async function currentState(world: World, store: StateStore): Promise<Snapshot> {
  return (await store.read()) ?? emptySnapshot(world.runtime(world.cwd).random.uuid());
}

/** How the state is taken. */
export interface LockRequest extends LockOptions {
  /** The run's id. */
  readonly run: string;
  /** Once aborted, a wait for the lock is over. */
  readonly signal?: AbortSignal;
}

/** Does the work while this run, and no other, holds the state. */
export async function locked<T>(
  world: World,
  store: StateStore,
  request: LockRequest,
  work: (lock: StateLock) => Promise<T>,
): Promise<T> {
  const lock = await takeLock(world, store, request);
  if (lock.tookOver) printErrorRows(world, [line(0, span(tookOverText(lock.tookOver), "warning"))]);
  try {
    return await work(lock);
  } finally {
    await release(world, lock);
  }
}

/** A lock that stays is in nobody's way once this process has ended: how the work ended is what counts. */
async function release(world: World, lock: StateLock): Promise<void> {
  try {
    await lock.release();
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const text = `${error.message}. The next run on this machine takes it over.`;
    printErrorRows(world, [line(0, span(text, "warning"))]);
  }
}

async function takeLock(
  world: World,
  store: StateStore,
  { run, lockTimeout = 0, signal = new AbortController().signal }: LockRequest,
): Promise<StateLock> {
  const { pid, host, user, command } = world.process;
  const { clock } = world.runtime(world.cwd);
  const owner = { run, user, host, pid, command, since: clock.now().toISOString() };
  const countdown = startCountdown(world);
  try {
    return await store.lock(owner, { clock, timeout: lockTimeout, onWait: countdown.show, signal });
  } finally {
    countdown.end();
  }
}

/** Seconds after which a run that gives no sign of life may lose its lock. */
const LEASE_SECONDS = 60;

function leaseSeconds({ env }: World): number {
  const text = env.PORTCULLIS_LOCK_LEASE;
  if (text === undefined || text === "") return LEASE_SECONDS;
  if (/^[1-9]\d{0,4}$/u.test(text)) return Number(text);
  throw new OutsideError("usage", `PORTCULLIS_LOCK_LEASE is "${text}", which is no lease.`, {
    help: "Give whole seconds from 1 to 99999, or unset it for 60.",
  });
}
