import { join } from "node:path";
import t, { type Test } from "tap";
import { emptySnapshot, type ResourceInstance, type Snapshot } from "../../engine/model/state.js";
import { fileStateStore } from "../../state/file-store.js";
import { type Keyring, NO_KEYS } from "../../state/keyring.js";
import { countDiskCalls, type DiskCalls } from "../helpers/disk-calls.js";
import { testKeys } from "../helpers/test-keys.js";

const instance = (number: number): ResourceInstance => ({
  address: { type: "security_group", name: `group-${String(number).padStart(6, "0")}` },
  provider: "openstack",
  id: `id-${String(number).padStart(6, "0")}`,
  attributes: { description: "of some length" },
  dependencies: [],
  schemaVersion: 1,
  preventDestroy: false,
});

const of = (count: number): Snapshot => ({
  ...emptySnapshot("lineage"),
  serial: 1,
  instances: Array.from({ length: count }, (_, index) => instance(index)),
});

const owner = {
  run: "run",
  user: "alice",
  host: "here",
  pid: process.pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00Z",
};

interface Costs {
  readonly first: DiskCalls;
  readonly each: DiskCalls;
  readonly last: DiskCalls;
}

/** What changes cost on a state of so many instances: the first, and each of as many as it has. */
async function costs(t: Test, count: number, changes: number, keys: Keyring): Promise<Costs> {
  const folder = t.testdir();
  const path = join(folder, "state.json");
  const store = fileStateStore({ path, host: "here", keys });
  await store.write(of(count), 0);
  const lock = await store.lock(owner);
  const calls = await countDiskCalls(t, folder);
  await store.append({ kind: "written", instance: instance(0) });
  const first = calls();
  await store.append({ kind: "written", instance: instance(1) });
  const each = calls();
  for (let change = 2; change < changes; change += 1)
    await store.append({ kind: "written", instance: instance(change) });
  const others = calls();
  const rest = changes - 2;
  t.strictSame(
    others,
    {
      counts: Object.fromEntries(
        Object.entries(each.counts).map(([name, times]) => [name, times * rest]),
      ),
      written: each.written * rest,
      read: each.read * rest,
    },
    `each of ${rest} more changes costs what the second did`,
  );
  await store.append({ kind: "written", instance: instance(changes) });
  const last = calls();
  await lock.release();
  return { first, each, last };
}

for (const [what, keys] of [
  ["plain", () => NO_KEYS],
  ["encrypted", () => testKeys("a passphrase of some length")],
] as const) {
  t.test(
    `${what}: a change costs the same on 10 and on 10,000 instances, and at the 10,000th change`,
    async (t) => {
      const costsOf = async (count: number, changes: number) => {
        let found: Costs | undefined;
        await t.test(`${count} instances, ${changes} changes`, async (t) => {
          found = await costs(t, count, changes, keys());
        });
        if (!found) throw new Error("not measured");
        return found;
      };
      const few = await costsOf(10, 20);
      const many = await costsOf(10_000, what === "plain" ? 10_000 : 200);
      t.strictSame(many.each, few.each);
      t.strictSame(many.last, few.each);
      t.equal(few.each.counts.datasync, 1, "one line, made durable");
      t.equal(few.each.counts.appendFile, 1);
      t.equal(few.each.counts.open, 3, "the looks at the lock");
      t.equal(few.each.counts.rename, undefined);
      t.ok(few.each.written < 700, `${few.each.written} bytes`);
      // The first of a run makes the journal: file and folder are synced.
      t.equal(few.first.counts.rename, 1);
      t.equal(few.first.counts.sync, 2);
      t.equal(many.first.written, few.first.written);
    },
  );
}
