import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { LockOwner } from "../../engine/model/state.js";
import { takeLock } from "../../state/lock.js";
import { processMark } from "../../state/process-mark.js";

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
  await lock.release();
  t.ok(existsSync(path));
});

t.test("a folder that does not exist is told", async (t) => {
  await t.rejects(takeLock(join(t.testdir(), "none", "lock"), owner, allAlive), {
    code: "file-error",
    message: /cannot write the lock .*its folder does not exist/u,
  });
});
