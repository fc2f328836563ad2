import { join } from "node:path";
import t, { type Test } from "tap";
import { emptySnapshot, type JournalEntry, type Snapshot } from "../../engine/model/state.js";
import { fileStateStore } from "../../state/file-store.js";
import type { Keyring } from "../../state/keyring.js";
import { testKeys } from "../helpers/test-keys.js";

const PASSPHRASE = "a passphrase of some length";

const state = (serial: number): Snapshot => ({
  ...emptySnapshot("lineage"),
  serial,
  outputs: { serial },
});

const begun = (name: string): JournalEntry => ({
  kind: "begun",
  intent: {
    address: { type: "key_pair", name },
    action: "create",
    startedAt: "2026-11-23T12:00:00Z",
    run: "run",
    name,
    existing: [],
  },
});

/** What another run does each time when a state was read, and its journal was not yet. */
type Meanwhile = (time: number) => Promise<void>;

/** Reads without a lock, as a plan does. */
async function readWhile(
  t: Test,
  meanwhile: (writer: ReturnType<typeof fileStateStore>) => Meanwhile,
) {
  const path = join(t.testdir(), "state.json");
  const open = (keys: Keyring) => fileStateStore({ path, host: "here", keys });
  const writer = open(testKeys(PASSPHRASE));
  await writer.write(state(1), 0);
  await writer.write(state(2), 1);
  await writer.append(begun("a"));
  const during = meanwhile(writer);
  const keys = testKeys(PASSPHRASE);
  let time = 0;
  const reading: Keyring["reading"] = async (file, at) => {
    const key = await keys.reading(file, at);
    if (at === path) {
      time += 1;
      await during(time);
    }
    return key;
  };
  const found = await open({ ...keys, reading }).read();
  return { serial: found?.serial, pending: found?.pending.map((it) => it.name), time };
}

const once =
  (task: () => Promise<void>): Meanwhile =>
  async (time) => {
    if (time === 1) await task();
  };

t.test("a state that is written meanwhile is read as it is then, with its journal", async (t) => {
  const ended = await readWhile(t, (writer) => once(() => writer.write(state(3), 2)));
  t.strictSame(ended, { serial: 3, pending: [], time: 2 }, "the journal was taken up");

  const goesOn = await readWhile(t, (writer) =>
    once(async () => {
      await writer.write(state(3), 2);
      await writer.append(begun("b"));
    }),
  );
  t.strictSame(goesOn, { serial: 3, pending: ["b"], time: 2 }, "the next run has begun");

  const twice = await readWhile(t, (writer) =>
    once(async () => {
      await writer.write(state(3), 2);
      await writer.write(state(4), 3);
    }),
  );
  t.strictSame(
    twice,
    { serial: 4, pending: [], time: 2 },
    "its backup is newer than what was read",
  );
});

t.test("a state that stays is read once", async (t) => {
  const same = await readWhile(t, () => async () => {});
  t.strictSame(same, { serial: 2, pending: ["a"], time: 1 });
});

t.test("a state that never stays is told, and not read without end", async (t) => {
  const endless = readWhile(t, (writer) => (time) => writer.write(state(time + 2), time + 1));
  await t.rejects(endless, { code: "state-stale", message: /changes again and again/u });
});
