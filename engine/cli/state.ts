import { join, resolve } from "node:path";
import { fileStateStore } from "../../state/file-store.js";
import { emptySnapshot, type LockOwner, type Snapshot, type StateStore } from "../model/state.js";
import { line, span } from "../ui/row.js";
import { STATE_FILE, type StateOptions } from "./options.js";
import { printErrorRows } from "./print.js";
import type { World } from "./world.js";

/** The store that these options name. */
export function openStore(world: World, options: StateOptions): StateStore {
  const path = options.state
    ? resolve(world.cwd, options.state)
    : join(resolve(world.cwd, options.dir), STATE_FILE);
  return fileStateStore({ path, host: world.process.host, isAlive });
}

/** The state, or a new one with nothing in it. */
export async function readState(world: World, store: StateStore): Promise<Snapshot> {
  return (await store.read()) ?? emptySnapshot(world.runtime(world.cwd).random.uuid());
}

/** Does the work while this run, and no other, holds the state. */
export async function locked<T>(
  world: World,
  store: StateStore,
  run: string,
  work: () => Promise<T>,
): Promise<T> {
  const { pid, host, user, command } = world.process;
  const since = world.runtime(world.cwd).clock.now().toISOString();
  const owner: LockOwner = { run, user, host, pid, command, since };
  const lock = await store.lock(owner);
  if (lock.tookOver) {
    const dead = lock.tookOver;
    const text = `The lock of a run that is dead was taken over (${dead.user}, process ${dead.pid}, since ${dead.since}).`;
    printErrorRows(world, [line(0, span(text, "warning"))]);
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs as another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
