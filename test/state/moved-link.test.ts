import { closeSync, cpSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { emptySnapshot, type JournalEntry, type LockOwner } from "../../engine/model/state.js";
import { fileStateStore } from "../../state/file-store.js";
import { NO_KEYS } from "../../state/keyring.js";
import { surveyHeld } from "../../state/survey.js";

const owner: LockOwner = {
  run: "run",
  user: "alice",
  host: "here",
  pid: process.pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00Z",
};

const forgets: JournalEntry = { kind: "removed", address: { type: "key_pair", name: "a" } };
const first = { ...emptySnapshot("lineage"), serial: 1 };

t.test("a run writes where it holds the lock, wherever a link leads by then", async (t) => {
  const folder = t.testdir({ one: {}, current: t.fixture("symlink", "one") });
  const store = fileStateStore({ path: join(folder, "current", "state.json"), host: "here" });
  await store.write(first, 0);
  cpSync(join(folder, "one"), join(folder, "two"), { recursive: true });
  const lock = await store.lock(owner);
  await store.read();
  rmSync(join(folder, "current"));
  symlinkSync("two", join(folder, "current"));
  await store.append(forgets);
  await store.write({ ...first, serial: 2 }, 1);
  await store.append(forgets);
  await lock.release();
  t.strictSame(readdirSync(join(folder, "two")), ["state.json"]);
  t.strictSame(readdirSync(join(folder, "one")).sort(), [
    "state.json",
    "state.json.backup",
    "state.json.journal",
  ]);
  t.equal((await store.read())?.serial, 1, "without its lock it reads what is there");
});

t.test(
  "what is mended is the state whose lock is held, wherever a link leads by then",
  async (t) => {
    const folder = t.testdir({ one: {}, two: {}, current: t.fixture("symlink", "one") });
    const path = join(folder, "current", "state.json");
    const store = fileStateStore({ path, host: "here" });
    const lock = await store.lock(owner);
    const { files } = await surveyHeld(path, owner.run, NO_KEYS);
    t.equal(files.state, join(folder, "one", "state.json"));
    rmSync(join(folder, "current"));
    symlinkSync("two", join(folder, "current"));
    await t.rejects(surveyHeld(path, owner.run, NO_KEYS), { code: "lock-lost" });
    await lock.release();
  },
);

t.test(
  "a journal that cannot be closed keeps no lock",
  { skip: process.platform !== "linux" && "no /proc here" },
  async (t) => {
    const folder = t.testdir();
    const path = join(folder, "state.json");
    const store = fileStateStore({ path, host: "here" });
    const lock = await store.lock(owner);
    await store.write(first, 0);
    await store.append(forgets);
    for (const name of readdirSync("/proc/self/fd")) {
      if (linkOf(name) === `${path}.journal`) closeSync(Number(name));
    }
    await lock.release().catch(() => {});
    t.notOk(readdirSync(folder).includes("state.json.lock"));
  },
);

function linkOf(name: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    return undefined;
  }
}
