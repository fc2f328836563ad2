import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import t, { type Test } from "tap";
import {
  emptySnapshot,
  type Intent,
  type JournalEntry,
  type LockOwner,
  type ResourceInstance,
  replay,
  type Snapshot,
  type StateStore,
} from "../../engine/model/state.js";
import { arbitraryEntry, arbitrarySnapshot } from "../helpers/arbitrary-state.js";

/** A place for one state, used by several stores as by several runs. */
export interface StatePlace {
  /** A store as a new process would make it. */
  open(): StateStore;
  /** From now on the process of that number is dead. */
  kill(pid: number): void;
  /** The name of the machine that the stores believe to be on. */
  readonly host: string;
}

/** What every kind of state store must do. `place` makes a fresh place each time. */
export function stateStoreConformance(place: (t: Test) => Promise<StatePlace>): void {
  readingAndWriting(place);
  appending(place);
  locking(place);
}

type MakePlace = Parameters<typeof stateStoreConformance>[0];

function readingAndWriting(place: MakePlace): void {
  t.test("where nothing was written there is no state", async (t) => {
    t.equal(await (await place(t)).open().read(), undefined);
  });

  t.test("what is written is read, by this store and the next", async (t) => {
    const { open } = await place(t);
    const store = open();
    await store.write(first, 0);
    t.strictSame([await store.read(), await open().read()], [first, first]);
  });

  t.test("any state is read as it was written", async (t) => {
    await fc.assert(
      fc.asyncProperty(arbitrarySnapshot, async (snapshot) => {
        const { open } = await place(t);
        await open().write(snapshot, 0);
        deepStrictEqual(await open().read(), snapshot);
      }),
      { numRuns: 50 },
    );
  });

  t.test("a write over another serial than the expected one changes nothing", async (t) => {
    const { open } = await place(t);
    await t.rejects(open().write({ ...first, serial: 2 }, 1), { code: "state-stale" });
    await open().write(first, 0);
    await t.rejects(open().write({ ...first, outputs: {} }, 0), { code: "state-stale" });
    t.strictSame(await open().read(), first);
  });

  t.test("a state is not replaced by one of another lineage", async (t) => {
    const { open } = await place(t);
    await open().write(first, 0);
    const stranger = { ...first, lineage: "another", serial: 2 };
    await t.rejects(open().write(stranger, 1), { code: "state-stale" });
  });

  t.test("a serial that does not follow is a mistake of the caller", async (t) => {
    const store = (await place(t)).open();
    await t.rejects(store.write({ ...first, serial: 0 }, 0), RangeError);
    await t.rejects(store.write({ ...first, serial: 7 }, 0), RangeError);
  });
}

function appending(place: MakePlace): void {
  t.test("what is appended is read by the next store, the serial unchanged", async (t) => {
    const { open } = await place(t);
    const store = open();
    await store.write(first, 0);
    await store.append({ kind: "begun", intent });
    t.strictSame(await open().read(), { ...first, pending: [intent] });
    await store.append({ kind: "written", instance });
    t.strictSame(await open().read(), { ...first, instances: [instance] });
  });

  t.test(
    "reading equals replaying, whatever is appended, at once or over several stores",
    async (t) => {
      const entries = fc.array(arbitraryEntry, { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(arbitrarySnapshot, entries, entries, async (snapshot, some, others) => {
          const { open } = await place(t);
          await open().write(snapshot, 0);
          await appendAll(open(), some);
          await appendAll(open(), others);
          deepStrictEqual(await open().read(), replay(snapshot, [...some, ...others]));
        }),
        { numRuns: 30 },
      );
    },
  );

  t.test("a write ends what was appended", async (t) => {
    const { open } = await place(t);
    const store = open();
    await store.write(first, 0);
    await store.append({ kind: "begun", intent });
    await store.write({ ...first, serial: 2 }, 1);
    t.strictSame(await open().read(), { ...first, serial: 2 });
    await store.append({ kind: "written", instance });
    t.strictSame(await open().read(), { ...first, serial: 2, instances: [instance] });
  });

  t.test("it is told whether a write would take up what was appended", async (t) => {
    const { open } = await place(t);
    const store = open();
    await store.write(first, 0);
    t.equal(store.isWhole(), true);
    await store.append({ kind: "begun", intent });
    t.equal(store.isWhole(), false);
    const next = open();
    await next.read();
    t.equal(next.isWhole(), false, "by the next store as well");
    await next.write({ ...first, serial: 2 }, 1);
    t.equal(next.isWhole(), true);
  });

  t.test("a write waits for what was appended before it", async (t) => {
    const { open } = await place(t);
    const store = open();
    await store.write(first, 0);
    await Promise.all([
      store.append({ kind: "begun", intent }),
      store.write({ ...first, serial: 2 }, 1),
    ]);
    t.strictSame(await open().read(), { ...first, serial: 2 });
  });

  t.test("appending to a state that another run has written since is refused", async (t) => {
    const { open } = await place(t);
    const store = open();
    await store.write(first, 0);
    await open().write({ ...first, serial: 2 }, 1);
    await t.rejects(store.append({ kind: "begun", intent }), { code: "state-stale" });
  });

  t.test("appending before there is a state is refused and leaves nothing", async (t) => {
    const { open } = await place(t);
    await t.rejects(open().append({ kind: "begun", intent }), /write the first snapshot/u);
    t.equal(await open().read(), undefined);
  });
}

function locking(place: MakePlace): void {
  const owner = (run: string, host: string, pid: number): LockOwner => ({
    run,
    user: "alice",
    host,
    pid,
    command: "portcullis apply",
    since: "2026-11-23T12:00:00Z",
  });

  t.test("a lock is held until it is released", async (t) => {
    const { open, host } = await place(t);
    const lock = await open().lock(owner("one", host, 4_000_001));
    t.equal(lock.tookOver, undefined);
    await t.rejects(open().lock(owner("two", host, 4_000_002)), {
      code: "state-locked",
      message: new RegExp(
        `alice on ${host} \\(process 4000001\\).*portcullis apply.*2026-11-23T12:00:00Z`,
        "u",
      ),
      help: /certain/u,
    });
    await lock.release();
    await lock.release();
    await (await open().lock(owner("two", host, 4_000_002))).release();
  });

  t.test("a dead owner's lock is taken over, and the dead one cannot release it", async (t) => {
    const { open, kill, host } = await place(t);
    const dead = owner("one", host, 4_000_001);
    const stuck = await open().lock(dead);
    kill(dead.pid);
    const lock = await open().lock(owner("two", host, 4_000_002));
    t.strictSame(lock.tookOver, { owner: dead, because: "dead" });
    await stuck.release();
    await t.rejects(open().lock(owner("three", host, 4_000_003)), { code: "state-locked" });
    await lock.release();
  });

  t.test("an owner on another machine is taken to live", async (t) => {
    const { open, kill, host } = await place(t);
    await open().lock(owner("one", "elsewhere", 4_000_001));
    kill(4_000_001);
    await t.rejects(open().lock(owner("two", host, 4_000_002)), { code: "state-locked" });
  });

  t.test("of many who want a free or a dead lock at once, one gets it", async (t) => {
    const { open, kill, host } = await place(t);
    for (const round of [1, 2, 3]) {
      const runs = Array.from({ length: 12 }, (_, index) => round * 100 + index);
      const tries = await Promise.allSettled(
        runs.map((it) => open().lock(owner(`run-${it}`, host, 4_000_000 + it))),
      );
      t.equal(tries.filter((it) => it.status === "fulfilled").length, 1);
      for (const it of runs) kill(4_000_000 + it);
    }
  });
}

async function appendAll(store: StateStore, entries: readonly JournalEntry[]): Promise<void> {
  await store.read();
  await Promise.all(entries.map((entry) => store.append(entry)));
}

const address = { type: "key_pair", name: "deploy" };

const instance: ResourceInstance = {
  address,
  provider: "openstack",
  id: "deploy",
  attributes: { name: "deploy", fingerprint: "SHA256:x" },
  dependencies: [{ type: "security_group", name: "web", key: "a.b" }],
  schemaVersion: 1,
  preventDestroy: false,
};

const intent: Intent = {
  address,
  action: "create",
  startedAt: "2026-11-23T12:00:00Z",
  run: "one",
  name: "deploy",
  existing: [],
};

const first: Snapshot = {
  ...emptySnapshot("lineage"),
  serial: 1,
  outputs: { deploy_fingerprint: "SHA256:x" },
};
