import { join } from "node:path";
import t, { type Test } from "tap";
import { openStore } from "../../../engine/cli/state.js";
import { StateAhead } from "../../../engine/cli/state-ahead.js";
import type { World } from "../../../engine/cli/world.js";
import { emptySnapshot, type LockOwner, type StateLock } from "../../../engine/model/state.js";
import { NO_KEYS } from "../../../state/keyring.js";
import { temporaryFolder } from "../../helpers/example.js";
import { testRuntime } from "../../helpers/runtime.js";

const owner: LockOwner = {
  run: "one",
  user: "ada",
  host: "here",
  pid: 7,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00.000Z",
};
const lock: StateLock = {
  lost: new AbortController().signal,
  confirm: async () => {},
  release: async () => {},
};

/** A state that is read ahead, and the store of a run that writes it. */
function place(t: Test) {
  const cwd = temporaryFolder(t);
  const world = {
    cwd,
    env: {},
    process: { pid: process.pid, host: "here", user: "ada", command: "portcullis apply" },
    runtime: () => testRuntime(),
  } as unknown as World;
  const options = { dir: ".", state: join(cwd, "portcullis.state.json") };
  const store = openStore(world, options, NO_KEYS, () => {});
  return {
    ahead: new StateAhead(world, options, NO_KEYS),
    store,
    now: () => world.runtime(cwd).clock.now(),
  };
}

t.test("lists are no older than a state that nobody has written since", async (t) => {
  const { ahead, store, now } = place(t);
  await ahead.read();
  t.equal(await ahead.isStale(emptySnapshot("new"), lock, now()), false, "there is none yet");
  const held = await store.lock(owner);
  const first = { ...emptySnapshot("a"), serial: 1 };
  await store.write(first, 0);
  await held.release();
  t.equal(await ahead.isStale(first, lock, now()), true, "another run has written it");
});

t.test(
  "lists of a state that is still the same are used only where no time was lost",
  async (t) => {
    const { ahead, store, now } = place(t);
    const held = await store.lock(owner);
    const first = { ...emptySnapshot("a"), serial: 1 };
    await store.write(first, 0);
    await held.release();
    t.equal(await ahead.isStale(first, lock, now()), true, "it was not read ahead");
    await ahead.read();
    t.equal(await ahead.isStale(first, lock, now()), false);
    const long = new Date(now().getTime() - 2000);
    t.equal(await ahead.isStale(first, lock, long), true, "the lock was waited for");
    const taken = { ...lock, tookOver: { owner, because: "dead" as const } };
    t.equal(
      await ahead.isStale(first, taken, now()),
      true,
      "its owner may have made what it did not write",
    );
  },
);
