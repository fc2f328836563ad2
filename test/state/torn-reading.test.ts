import { join } from "node:path";
import t, { type Test } from "tap";
import { fileStateStore } from "../../state/file-store.js";
import type { Keyring } from "../../state/keyring.js";
import { begunEntry } from "../helpers/begun-entries.js";
import { numberedState } from "../helpers/numbered-state.js";
import { testKeys } from "../helpers/test-keys.js";

const PASSPHRASE = "a passphrase of some length";

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
  await writer.write(numberedState(1), 0);
  await writer.write(numberedState(2), 1);
  await writer.append(begunEntry("a"));
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
  const ended = await readWhile(t, (writer) => once(() => writer.write(numberedState(3), 2)));
  t.strictSame(ended, { serial: 3, pending: [], time: 2 }, "the journal was taken up");

  const goesOn = await readWhile(t, (writer) =>
    once(async () => {
      await writer.write(numberedState(3), 2);
      await writer.append(begunEntry("b"));
    }),
  );
  t.strictSame(goesOn, { serial: 3, pending: ["b"], time: 2 }, "the next run has begun");

  const twice = await readWhile(t, (writer) =>
    once(async () => {
      await writer.write(numberedState(3), 2);
      await writer.write(numberedState(4), 3);
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
  const endless = readWhile(
    t,
    (writer) => (time) => writer.write(numberedState(time + 2), time + 1),
  );
  await t.rejects(endless, { code: "state-stale", message: /changes again and again/u });
});
