import { existsSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import {
  emptySnapshot,
  type JournalEntry,
  type LockOwner,
  replay,
  type Snapshot,
  type StateStore,
} from "../../engine/model/state.js";
import { Fence } from "../../state/fence.js";
import { fileStateStore } from "../../state/file-store.js";
import { takeLock } from "../../state/lock.js";
import { testKeys } from "../helpers/test-keys.js";

const first: Snapshot = { ...emptySnapshot("lineage"), serial: 1, outputs: { by: "first" } };
const next: Snapshot = { ...first, serial: 2, outputs: { by: "next" } };

const ownerOf = (run: string): LockOwner => ({
  run,
  user: run,
  host: "here",
  pid: process.pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00Z",
});

const forgets = (name: string): JournalEntry => ({
  kind: "removed",
  address: { type: "key_pair", name },
});

/** A run that holds the lock of a state, and has appended to it. */
async function begunRun(t: Test) {
  const path = join(t.testdir(), "state.json");
  const store = () => fileStateStore({ path, host: "here" });
  const slow = store();
  const lock = await slow.lock(ownerOf("slow"));
  await slow.write(first, 0);
  await slow.append(forgets("a"));
  /** Another run takes its lock, as after a lease. */
  const takeOver = async () => {
    const taker = store();
    t.equal(await taker.unlock("slow"), true);
    const held = await taker.lock(ownerOf("taker"));
    return { taker, held };
  };
  return { path, store, slow, lock, takeOver };
}

t.test(
  "a run that lost its lock writes nothing, and its release leaves the next one's",
  async (t) => {
    const { path, slow, lock, takeOver } = await begunRun(t);
    const { taker } = await takeOver();
    const before = contents(path);
    const lost = { code: "lock-lost", message: /taker on here/u };
    await t.rejects(slow.append(forgets("b")), lost);
    await t.rejects(slow.write(next, 1), lost);
    t.equal(lock.lost.aborted, true);
    await lock.release();
    t.strictSame(contents(path), before);
    t.strictSame(await taker.holder(), ownerOf("taker"));
  },
);

t.test(
  "a run that loses its lock in the midst of a step is told of that, and of no damage",
  async (t) => {
    const steps: Readonly<Record<string, (store: StateStore) => Promise<unknown>>> = {
      append: (store) => store.append(forgets("late")),
      write: (store) => store.write({ ...next, outputs: { by: "slow" } }, 1),
    };
    for (const [name, step] of Object.entries(steps)) {
      const path = join(t.testdir(), "state.json");
      const keys = testKeys("a passphrase of some length");
      const taker = fileStateStore({ path, host: "here", keys });
      await taker.write(first, 0);
      /** What the other run does when this one has read the state for the step. */
      let meanwhile = async () => {};
      const reading: typeof keys.reading = async (file, at) => {
        const key = await keys.reading(file, at);
        const task = meanwhile;
        meanwhile = async () => {};
        if (at === path) await task();
        return key;
      };
      const slow = fileStateStore({ path, host: "here", keys: { ...keys, reading } });
      const lock = await slow.lock(ownerOf("slow"));
      await slow.read();
      meanwhile = async () => {
        await taker.unlock("slow");
        await taker.lock(ownerOf("taker"));
        await taker.write(next, 1);
        await taker.append(forgets("a"));
      };
      await t.rejects(step(slow), { code: "lock-lost" }, name);
      await lock.release();
      t.strictSame((await taker.read())?.outputs, { by: "next" });
    }
  },
);

t.test("without a lock at all a run that had one writes nothing either", async (t) => {
  const { path, store, slow, lock } = await begunRun(t);
  t.equal(await store().unlock("slow"), true);
  await t.rejects(slow.write(next, 1), { code: "lock-lost", message: /state\.json\.lock/u });
  await lock.release();
  t.strictSame(await store().read(), replay(first, [forgets("a")]));
  t.notOk(existsSync(`${path}.lock`));
});

t.test("a line that a run writes late goes where nobody reads", async (t) => {
  const { path, slow, lock, takeOver } = await begunRun(t);
  const late = openSync(`${path}.journal`, "a");
  const { taker, held } = await takeOver();
  await taker.read();
  await taker.append(forgets("c"));
  writeSync(late, `${JSON.stringify([{ kind: "removed", address: "key_pair.late" }])}\n`);
  t.notMatch(readFileSync(`${path}.journal`, "utf8"), "late");
  await taker.append(forgets("d"));
  t.match(
    readFileSync(`${path}.journal`, "utf8"),
    /"key_pair\.a"[\s\S]*"key_pair\.c"[\s\S]*"key_pair\.d"/u,
  );
  await t.rejects(slow.append(forgets("e")), { code: "lock-lost" });
  await lock.release();
  await held.release();
});

t.test("a file that is about to be moved when the lock is taken is not moved", async (t) => {
  const folder = t.testdir({ "state.json": "first" });
  const path = join(folder, "state.json");
  const options = { host: "here", isAlive: () => true };
  const held = await takeLock(`${path}.lock`, ownerOf("slow"), options);
  let takeOver = async () => {};
  const slow = new Fence();
  await slow.raise(path, { ...held, confirm: () => held.confirm().then(() => takeOver()) }, "slow");
  takeOver = async () => {
    takeOver = async () => {};
    t.ok(existsSync(`${path}.slow.tmp`), "written, and the lock was asked for");
    writeFileSync(`${path}.lock`, JSON.stringify(ownerOf("taker")));
    const taker = new Fence();
    await taker.raise(path, await takeLock(`${path}.other`, ownerOf("taker"), options), "taker");
    await taker.replace(path, "taker's");
  };
  await t.rejects(slow.replace(path, "slow's"), { code: "lock-lost" });
  t.equal(readFileSync(path, "utf8"), "taker's");
  t.strictSame(
    readdirSync(folder).filter((it) => it.endsWith(".tmp")),
    [],
  );
});

t.test("what a killed run was about to move is gone when the next one begins", async (t) => {
  const { path, slow, lock } = await begunRun(t);
  await lock.release();
  writeFileSync(`${path}.dead.tmp`, "half");
  writeFileSync(`${path}.journal.dead.tmp`, "half");
  const again = await slow.lock(ownerOf("again"));
  t.strictSame(
    readdirSync(join(path, "..")).filter((it) => it.endsWith(".tmp")),
    [],
  );
  await again.release();
});

t.test("only the lock of the run that is named is broken", async (t) => {
  const { slow, lock } = await begunRun(t);
  t.equal(await slow.unlock("another"), false);
  t.strictSame(await slow.holder(), ownerOf("slow"));
  await lock.release();
  t.equal(await slow.holder(), undefined);
  t.equal(await slow.unlock("slow"), false);
});

/** The state and what lies beside it. */
function contents(path: string): readonly (readonly [string, string])[] {
  const folder = join(path, "..");
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);
}
