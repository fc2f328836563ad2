import { readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { OutsideError } from "../../engine/model/errors.js";
import { emptySnapshot, replay, type Snapshot } from "../../engine/model/state.js";
import { fileStateStore } from "../../state/file-store.js";
import { type Keyring, NO_KEYS } from "../../state/keyring.js";
import { begunEntry } from "../helpers/begun-entries.js";
import { smallDisk } from "../helpers/poor-disk.js";
import { testKeys } from "../helpers/test-keys.js";

const PAGE = 4096;
const MOST_PAGES = 14;

/** More than a page. */
const first: Snapshot = {
  ...emptySnapshot("lineage"),
  serial: 1,
  outputs: { x: "y".repeat(6000) },
};

// Some lines begin a page.
const begun = (name: string) => begunEntry(name, { existing: ["i".repeat(1500)] });

const owner = {
  run: "run",
  user: "alice",
  host: "here",
  pid: process.pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00Z",
};

/** Leaves so many pages of a disk free. */
function fill(place: string, pages: number): void {
  const { bavail, bsize } = statfsSync(place);
  writeFileSync(join(place, "ballast"), Buffer.alloc(Math.max(0, bavail * bsize - pages * PAGE)));
}

/**
 * A run that goes on whatever fails, as one does with what is under way; answers what was acknowledged, and how
 * many times it was refused.
 */
async function runOn(place: string, keys: Keyring, pages: number) {
  const store = fileStateStore({ path: join(place, "state.json"), host: "here", keys });
  await store.write(first, 0);
  await store.write({ ...first, serial: 2 }, 1);
  const lock = await store.lock(owner);
  let now: Snapshot = (await store.read()) ?? first;
  const known = new Set<string>();
  let refused = 0;
  fill(place, pages);
  const attempt = async (task: () => Promise<void>) => {
    await task().catch((error: unknown) => {
      if (!(error instanceof OutsideError && /the disk is full/u.test(error.message))) throw error;
      refused += 1;
    });
  };
  for (const name of ["a", "b", "c", "d", "e", "f", "g", "h"]) {
    await attempt(async () => {
      await store.append(begun(name));
      known.add(name);
      now = replay(now, [begun(name)]);
    });
    if (name !== "d" && name !== "h") continue;
    await attempt(async () => {
      await store.write({ ...now, serial: now.serial + 1 }, now.serial);
      now = { ...now, serial: now.serial + 1 };
    });
  }
  await lock.release();
  return { known, refused };
}

for (const [how, keys] of [
  ["in plain text", NO_KEYS],
  ["encrypted", testKeys("a passphrase of some length")],
] as const) {
  t.test(`a disk that is full anywhere loses nothing that was acknowledged, ${how}`, async (t) => {
    const place = smallDisk(t, 40 * PAGE);
    if (!place) {
      t.pass("NOT TESTED: no tmpfs can be mounted here (it takes root)", { skip: true });
      return;
    }
    const refusals: number[] = [];
    for (let pages = 0; pages <= MOST_PAGES; pages += 1) {
      const { known, refused } = await runOn(place, keys, pages);
      refusals.push(refused);
      t.notOk(
        readdirSync(place).some((it) => /\.(?:tmp|lock)$/u.test(it)),
        `${pages} pages`,
      );
      rmSync(join(place, "ballast"));
      const store = fileStateStore({ path: join(place, "state.json"), host: "here", keys });
      const lock = await store.lock(owner);
      const found = await store.read();
      const names = new Set(found?.pending.map((it) => it.name));
      t.ok(
        [...known].every((it) => names.has(it)),
        `${pages} pages`,
      );
      const serial = found?.serial ?? 0;
      await store.write({ ...first, serial: serial + 1 }, serial);
      await lock.release();
      for (const name of readdirSync(place)) rmSync(join(place, name));
    }
    t.ok((refusals[0] ?? 0) > 5, "a full disk refuses");
    t.equal(refusals.at(-1), 0, "one with room does not");
  });
}
