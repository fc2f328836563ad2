import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { LockOwner, LockWait } from "../../engine/model/state.js";
import type { Lease } from "../../state/held-lock.js";
import { takeLock } from "../../state/lock.js";
import { processMark } from "../../state/process-mark.js";
import { readWhole } from "../../state/read-whole.js";
import { type VirtualClock, virtualClock } from "../helpers/virtual-clock.js";

const owner: LockOwner = {
  run: "one",
  user: "alice",
  host: "here",
  pid: process.pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00Z",
};
const other = { ...owner, run: "two" };
const allAlive = { host: "here", isAlive: () => true };

const lockOf = (mark: object) => JSON.stringify({ ...owner, ...mark });

t.test(
  "a number that another process has by now is not its dead owner",
  {
    skip: processMark(process.pid).started === undefined && "no /proc here",
  },
  async (t) => {
    const path = join(t.testdir(), "lock");
    writeFileSync(path, lockOf({ ...processMark(process.pid), started: "1" }));
    const lock = await takeLock(path, other, allAlive);
    t.strictSame(lock.tookOver, { owner, because: "dead" });
  },
);

t.test("an owner in another container cannot be judged and is taken to live", async (t) => {
  const path = join(t.testdir(), "lock");
  writeFileSync(path, lockOf({ namespace: "pid:[1]" }));
  const noneAlive = { host: "here", isAlive: () => false };
  await t.rejects(takeLock(path, other, noneAlive), { code: "state-locked" });
});

t.test("an owner on another machine of the same name is taken to live", async (t) => {
  const noneAlive = { host: "here", isAlive: () => false };
  for (const boot of ["another-boot", undefined]) {
    const path = join(t.testdir(), "lock");
    const { boot: own, machine: _, ...mark } = processMark(4_000_001);
    const pid = 4_000_001;
    writeFileSync(path, lockOf({ ...mark, ...(boot !== undefined && { boot }), pid, lease: 60 }));
    if (own === undefined && boot === undefined) continue;
    await t.rejects(takeLock(path, other, noneAlive), { code: "state-locked" });
  }
});

t.test(
  "an owner from before a restart of this machine is not waited for",
  { skip: processMark(process.pid).machine === undefined && "this machine has no id" },
  async (t) => {
    const path = join(t.testdir(), "lock");
    const { machine } = processMark(process.pid);
    const [before, later] = ["2000-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"];
    const mark = { machine, boot: "before the restart", lease: 60 };
    writeFileSync(path, lockOf({ ...mark, beat: later }));
    await t.rejects(takeLock(path, other, allAlive), { code: "state-locked" });
    writeFileSync(path, lockOf({ ...mark, beat: before }));
    const lock = await takeLock(path, other, allAlive);
    t.strictSame(lock.tookOver, { owner, because: "restarted" });
    t.match(JSON.parse(readFileSync(path, "utf8")), { run: "two", machine });
  },
);

t.test("a lock does not tell the id of its machine", async (t) => {
  const path = join(t.testdir(), "lock");
  await takeLock(path, owner, allAlive);
  const id = await readWhole("/etc/machine-id");
  if (id?.length) t.notMatch(readFileSync(path, "utf8"), new TextDecoder().decode(id).trim());
});

t.test("a link in the place of a lock is told, wherever it leads", async (t) => {
  const path = join(t.testdir(), "lock");
  symlinkSync("nowhere", path);
  await t.rejects(takeLock(path, other, allAlive), {
    code: "state-locked",
    message: /is a symbolic link, which no run makes$/u,
    help: new RegExp(`remove ${path}`, "u"),
  });
});

t.test("a lock that cannot be understood is left alone", async (t) => {
  const path = join(t.testdir(), "lock");
  writeFileSync(path, "");
  await t.rejects(takeLock(path, other, allAlive), {
    code: "state-locked",
    message: /does not say by whom/u,
    help: new RegExp(`remove ${path}`, "u"),
  });
});

t.test("a run that died while it took a dead lock over is in nobody's way", async (t) => {
  const folder = t.testdir();
  const path = join(folder, "lock");
  const mark = { ...processMark(0), pid: 4_000_001 };
  writeFileSync(path, lockOf(mark));
  writeFileSync(`${path}.takeover`, lockOf({ ...mark, run: "taker" }));
  const lock = await takeLock(path, other, { host: "here", isAlive: (pid) => pid !== 4_000_001 });
  t.strictSame(lock.tookOver?.owner, { ...owner, pid: 4_000_001 });
  t.strictSame(readdirSync(folder), ["lock"]);
  await lock.release();
  t.strictSame(readdirSync(folder), []);
});

t.test("a lock that was removed by hand and taken by another is not released", async (t) => {
  const path = join(t.testdir(), "lock");
  const lock = await takeLock(path, owner, allAlive);
  writeFileSync(path, lockOf({ run: "two" }));
  await t.rejects(lock.confirm(), { code: "lock-lost", message: /alice on here/u });
  await lock.release();
  t.ok(existsSync(path));
});

t.test("a folder that does not exist is told", async (t) => {
  await t.rejects(takeLock(join(t.testdir(), "none", "lock"), owner, allAlive), {
    code: "file-error",
    message: /cannot write the lock .*its folder does not exist/u,
  });
});

t.test("an interrupt before the lock is taken leaves nothing", async (t) => {
  const folder = t.testdir();
  const wait = { ...waitOn(virtualClock(), 60_000), signal: AbortSignal.abort() };
  await t.rejects(takeLock(join(folder, "lock"), owner, allAlive, wait), { code: "interrupted" });
  t.strictSame(readdirSync(folder), []);
});

const elsewhere = { ...owner, host: "there" };
const leaseOf = (clock: VirtualClock): Lease => ({ clock, seconds: 60 });
const onHost = (host: string, clock: VirtualClock) => ({
  host,
  isAlive: () => true,
  lease: leaseOf(clock),
});

function waitOn(clock: VirtualClock, timeout: number, told: number[] = []): LockWait {
  const { signal } = new AbortController();
  return { clock, timeout, signal, onWait: (_owner, left) => told.push(left) };
}

/** Moves a clock on whenever so many sleep, until the work is done or so many milliseconds are over. */
async function awaiting<T>(
  clock: VirtualClock,
  sleepers: number,
  work: Promise<T>,
  milliseconds = Number.POSITIVE_INFINITY,
): Promise<"over" | PromiseSettledResult<T>> {
  let result: PromiseSettledResult<T> | undefined;
  Promise.allSettled([work]).then(([it]) => {
    result = it;
  });
  for (let moved = 0; moved < milliseconds; moved += 500) {
    while (!result && clock.sleeping < sleepers) await new Promise(setImmediate);
    if (result) return result;
    await clock.advance(500);
  }
  return "over";
}

t.test("how long it is waited for is no matter of the time of day", async (t) => {
  for (const jump of [-3_600_000, 3_600_000]) {
    const clock = virtualClock();
    const path = join(t.testdir(), "lock");
    const first = await takeLock(path, owner, allAlive);
    const start = clock.now().getTime();
    const jumping: VirtualClock = {
      ...clock,
      now: () => {
        const now = clock.now().getTime();
        return new Date(now > start ? now + jump : now);
      },
    };
    const told: number[] = [];
    const taking = takeLock(
      path,
      { ...owner, run: "second" },
      allAlive,
      waitOn(jumping, 2000, told),
    );
    const result = await awaiting(clock, 1, taking, 10_000);
    t.match(result, { status: "rejected", reason: { code: "state-locked" } }, `${jump}`);
    t.strictSame(told, [2000, 1500, 1000, 500], `${jump}`);
    await first.release();
  }
});

/** The file of a lock of another machine's run, which nothing keeps alive. */
const silentLock = (beat: string) => lockOf({ host: "there", lease: 60, beat });

t.test("an owner elsewhere without a sign of life is taken over after its lease", async (t) => {
  // Its clock may be far from ours.
  for (const beat of ["1999-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z"]) {
    const path = join(t.testdir(), "lock");
    writeFileSync(path, silentLock(beat));
    const clock = virtualClock();
    const told: number[] = [];
    const taking = takeLock(path, other, onHost("here", clock), waitOn(clock, 61_000, told));
    await awaiting(clock, 1, taking);
    const lock = await taking;
    t.strictSame(lock.tookOver, { owner: elsewhere, because: "silent" });
    t.strictSame([told[0], told.at(-1), told.length], [61_000, 1_500, 120], "after 60 s of looks");
    await lock.release();
    t.notOk(existsSync(path));
  }
});

t.test("an owner elsewhere that gives signs of life is never taken over", async (t) => {
  const path = join(t.testdir(), "lock");
  const clock = virtualClock();
  const lock = await takeLock(path, elsewhere, onHost("there", clock));
  const before = readFileSync(path, "utf8");
  const taking = takeLock(path, other, onHost("here", clock), waitOn(clock, 200_000));
  t.match(await awaiting(clock, 2, taking), { reason: { code: "state-locked" } });
  const after = readFileSync(path, "utf8");
  t.not(after, before);
  t.equal(after.length, before.length);
  await lock.confirm();
  await lock.release();
});

t.test("a lock of before leases has none: silence tells nothing of its owner", async (t) => {
  const path = join(t.testdir(), "lock");
  const clock = virtualClock();
  const content = lockOf({ host: "there" });
  writeFileSync(path, content);
  const taking = takeLock(path, other, onHost("here", clock), waitOn(clock, 120_000));
  t.match(await awaiting(clock, 1, taking), { reason: { code: "state-locked" } });
  t.equal(readFileSync(path, "utf8"), content);
});

t.test("an owner that wakes up has lost its lock, and leaves that of the next", async (t) => {
  const path = join(t.testdir(), "lock");
  const asleep = virtualClock();
  const clock = virtualClock();
  const first = await takeLock(path, elsewhere, onHost("there", asleep));
  // Without a lease of its own: the content then changes by the first alone.
  const taking = takeLock(path, other, allAlive, waitOn(clock, 300_000));
  await awaiting(clock, 1, taking);
  const second = await taking;
  const content = readFileSync(path, "utf8");
  t.equal(first.lost.aborted, false);
  const noticed = new Promise((resolve) => first.lost.addEventListener("abort", resolve));
  await asleep.advance(10_000);
  await noticed;
  await t.rejects(first.confirm(), { code: "lock-lost", message: /alice on here/u });
  await first.release();
  t.equal(readFileSync(path, "utf8"), content, "no beat and no release of the first reaches it");
  await second.confirm();
  await second.release();
});

t.test("a lock that is released while it is waited for is taken", async (t) => {
  const path = join(t.testdir(), "lock");
  const clock = virtualClock();
  const first = await takeLock(path, owner, { host: "here", isAlive: () => true });
  const taking = takeLock(path, other, onHost("here", clock), waitOn(clock, 60_000));
  t.equal(await awaiting(clock, 1, taking, 2_000), "over");
  await first.release();
  await awaiting(clock, 1, taking);
  const second = await taking;
  t.equal(second.tookOver, undefined);
  await second.release();
});

t.test("a wait that is interrupted leaves nothing", async (t) => {
  const folder = t.testdir();
  const path = join(folder, "lock");
  const clock = virtualClock();
  const lock = await takeLock(path, owner, allAlive);
  const controller = new AbortController();
  const wait = { ...waitOn(clock, 60_000), signal: controller.signal };
  const taking = takeLock(path, other, onHost("here", clock), wait);
  t.equal(await awaiting(clock, 1, taking, 1_000), "over");
  controller.abort();
  await t.rejects(taking, { code: "interrupted" });
  t.strictSame(readdirSync(folder), ["lock"]);
  await lock.release();
});
