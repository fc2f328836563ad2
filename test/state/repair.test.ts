import {
  chmodSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { formatAddress } from "../../engine/model/address.js";
import type { CloudIdentity } from "../../engine/model/cloud-identity.js";
import {
  emptySnapshot,
  type JournalEntry,
  type ResourceInstance,
  replay,
  type Snapshot,
} from "../../engine/model/state.js";
import { providers } from "../../providers/registry.js";
import { fileStateStore } from "../../state/file-store.js";
import { type Keyring, NO_KEYS } from "../../state/keyring.js";
import { carryOutRepair } from "../../state/repair.js";
import { decideRepair } from "../../state/repair-decision.js";
import { survey } from "../../state/survey.js";
import { verifyState } from "../../state/verify.js";
import { testKeys } from "../helpers/test-keys.js";

const instance = (name: string, more: Partial<ResourceInstance> = {}): ResourceInstance => ({
  address: { type: "security_group", name },
  provider: "openstack",
  id: `id-${name}`,
  attributes: {
    id: `id-${name}`,
    name,
    description: "",
    stateful: true,
    tags: [],
    rules: {},
  },
  dependencies: [],
  schemaVersion: 1,
  preventDestroy: false,
  ...more,
});

const cloud: CloudIdentity = {
  name: "here",
  authUrl: "https://keystone.example.com/v3",
  project: { id: "p", name: "project" },
  user: { id: "u", name: "user" },
};

const written = (name: string): JournalEntry => ({ kind: "written", instance: instance(name) });

const state = (serial: number, ...names: readonly string[]): Snapshot => ({
  ...emptySnapshot("lineage"),
  serial,
  cloud,
  instances: names.map((it) => instance(it)),
});

const owner = {
  run: "run",
  user: "alice",
  host: "here",
  pid: process.pid,
  command: "portcullis state repair",
  since: "2026-11-23T12:00:00Z",
};

/** A state of serial 2 with `a`, its backup of serial 1, and a journal with `b`, `c` and `d`. */
async function place(t: Test, keys: Keyring = NO_KEYS) {
  const folder = t.testdir();
  const path = join(folder, "state.json");
  const open = () => fileStateStore({ path, host: "here", keys });
  const store = open();
  await store.write(state(1), 0);
  await store.write(state(2, "a"), 1);
  for (const name of ["b", "c", "d"]) await store.append(written(name));
  const file = (suffix: string) => `${path}${suffix}`;
  return {
    path,
    open,
    folder,
    read: (suffix: string) => readFileSync(file(suffix), "utf8"),
    put: (suffix: string, text: string) => writeFileSync(file(suffix), text, { mode: 0o600 }),
    remove: (suffix: string) => rmSync(file(suffix)),
    /** The steps that verify does not find well. */
    flaws: async () =>
      (await verifyState(path, keys, providers)).flatMap(({ step, status }) =>
        status === "failed" ? [step] : [],
      ),
    decide: async () => decideRepair(await survey(path, keys)),
    repair: async () => {
      const lock = await open().lock(owner);
      const found = await survey(path, keys);
      const repair = decideRepair(found);
      const now = new Date("2026-11-24T01:02:03Z");
      const copies = await carryOutRepair(found, repair, { keys, lock, now });
      await lock.release();
      return { ...repair, copies };
    },
    names: async () =>
      (await open().read())?.instances.map((it) => formatAddress(it.address).slice(15)),
  };
}

type Place = Awaited<ReturnType<typeof place>>;

const line = (text: string, number: number, to: string) =>
  text
    .split("\n")
    .with(number - 1, to)
    .join("\n");

interface Case {
  readonly what: string;
  readonly damage: (place: Place) => void;
  /** What verify finds. */
  readonly flaws: readonly string[];
  /** The instances after the repair. */
  readonly names: readonly string[];
  /** Absent: 3. */
  readonly serial?: number;
  /** Absent: none. */
  readonly losses?: readonly RegExp[];
  /** The files of which copies are kept; absent: state and journal. */
  readonly kept?: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: "a state cut short",
    damage: ({ put, read }) => put("", read("").slice(0, -20)),
    flaws: ["state"],
    names: ["b", "c", "d"],
    losses: [/after serial 1, but for what the journal records/u],
  },
  {
    what: "an empty state",
    damage: ({ put }) => put("", ""),
    flaws: ["state", "serial"],
    names: ["b", "c", "d"],
    losses: [/after serial 1/u],
  },
  {
    what: "a foreign file",
    damage: ({ put }) => put("", '{"version": 4, "terraform_version": "1.9.0"}'),
    flaws: ["state", "serial"],
    names: ["b", "c", "d"],
    losses: [/after serial 1/u],
  },
  {
    what: "a state that is gone",
    damage: ({ remove }) => remove(""),
    flaws: ["serial"],
    names: ["b", "c", "d"],
    losses: [/after serial 1/u],
    kept: [".journal"],
  },
  {
    what: "a state and a backup that are gone",
    damage: ({ remove }) => {
      remove("");
      remove(".backup");
    },
    flaws: ["serial"],
    names: ["b", "c", "d"],
    losses: [/before the last run, but for/u],
    kept: [".journal"],
  },
  {
    what: "a journal damaged in the middle",
    damage: ({ put, read }) => put(".journal", line(read(".journal"), 3, "[{]")),
    flaws: ["journal"],
    names: ["a", "b", "d"],
    losses: [/one line of the journal.*line 3/u],
  },
  {
    what: "a journal without a header that can be read",
    damage: ({ put, read }) => put(".journal", line(read(".journal"), 1, "{}")),
    flaws: ["journal"],
    names: ["a"],
    losses: [/What the last interrupted run recorded/u],
  },
  {
    what: "a journal of another state",
    damage: ({ put, read }) =>
      put(".journal", read(".journal").replace('lineage":"lineage', 'lineage":"other')),
    flaws: ["lineage"],
    names: ["a"],
  },
  {
    what: "an older copy in the state's place, while the journal is newer",
    damage: ({ put, read }) => put("", read(".backup")),
    flaws: ["serial"],
    names: ["b", "c", "d"],
  },
  {
    what: "an older copy in the state's place, while the backup is newer",
    damage: ({ put, read, remove }) => {
      remove(".journal");
      const newer = read("");
      put("", read(".backup"));
      put(".backup", newer);
    },
    flaws: ["serial"],
    names: ["a"],
    kept: [""],
  },
  {
    what: "another state in the state's place",
    damage: ({ put, read }) =>
      put("", read("").replace('"lineage": "lineage"', '"lineage": "other"')),
    flaws: ["lineage"],
    names: ["b", "c", "d"],
  },
  {
    what: "a damaged backup",
    damage: ({ put }) => put(".backup", "{"),
    flaws: ["backup"],
    names: ["a", "b", "c", "d"],
    serial: 2,
    kept: [".backup"],
  },
  {
    what: "a state that was edited by hand",
    damage: ({ put, read }) => put("", JSON.stringify(JSON.parse(read("")))),
    flaws: ["addresses"],
    names: ["a", "b", "c", "d"],
  },
];

for (const it of cases) {
  const { what, damage, flaws, names, serial = 3, losses = [], kept = ["", ".journal"] } = it;
  t.test(`${what}: verify tells, repair mends it and keeps copies`, async (t) => {
    const it = await place(t);
    damage(it);
    const before = Object.fromEntries(kept.map((suffix) => [suffix, it.read(suffix)]));
    t.strictSame(await it.flaws(), flaws);
    const repair = await it.repair();
    t.equal(repair.losses.length, losses.length, repair.losses.join());
    for (const [index, pattern] of losses.entries()) t.match(repair.losses[index], pattern);
    const copies = readdirSync(it.folder).filter((name) => name.includes(".damaged-"));
    const stamp = ".damaged-20261124T010203Z";
    t.strictSame(copies.sort(), kept.map((suffix) => `state.json${suffix}${stamp}`).sort());
    for (const suffix of kept) t.equal(it.read(`${suffix}${stamp}`), before[suffix]);
    t.strictSame(await it.flaws(), []);
    t.strictSame(await it.names(), names);
    t.match(await it.open().read(), { lineage: "lineage", serial });
    t.strictSame((await it.decide()).steps, [], "once is enough");
  });
}

t.test("a state that is whole has nothing to mend", async (t) => {
  const it = await place(t);
  t.strictSame(await it.flaws(), []);
  t.strictSame(await it.decide(), {
    steps: [],
    losses: [],
    removed: [],
    lineage: "lineage",
    closed: [],
  });
});

t.test(
  "modes are mended by repair and by whoever holds the state, and told by others",
  async (t) => {
    const it = await place(t);
    const widen = () => {
      for (const suffix of ["", ".backup", ".journal"]) chmodSync(`${it.path}${suffix}`, 0o644);
    };
    const modes = () =>
      ["", ".backup", ".journal"].map((suffix) => statSync(`${it.path}${suffix}`).mode & 0o777);
    widen();
    t.strictSame(await it.flaws(), ["modes"]);
    await it.repair();
    t.strictSame(modes(), [0o600, 0o600, 0o600]);
    t.strictSame(await it.names(), ["a", "b", "c", "d"]);
    widen();
    const notices: string[] = [];
    const store = fileStateStore({
      path: it.path,
      host: "here",
      notice: (text) => notices.push(text),
    });
    await store.read();
    t.match(notices, [/state\.json has mode 0644: others can use it/u, /backup/u, /journal/u]);
    t.strictSame(modes(), [0o644, 0o644, 0o644]);
    const lock = await store.lock(owner);
    await store.read();
    await lock.release();
    t.match(notices.slice(3), [
      /state\.json had mode 0644.*It has 0600 now/u,
      /backup/u,
      /journal/u,
    ]);
    t.strictSame(modes(), [0o600, 0o600, 0o600]);
  },
);

t.test("two repairs of one second keep a copy each, and write through no link", async (t) => {
  const it = await place(t);
  const elsewhere = join(it.folder, "elsewhere");
  writeFileSync(elsewhere, "theirs");
  const stamp = ".damaged-20261124T010203Z";
  symlinkSync(elsewhere, `${it.path}${stamp}`);
  const texts: string[] = [];
  for (const serial of [5, 6]) {
    it.put("", it.read("").replace(/"serial": \d+/u, `"serial":   ${serial}`));
    texts.push(it.read(""));
    await it.repair();
  }
  t.strictSame([it.read(`${stamp}-2`), it.read(`${stamp}-3`)], texts);
  t.equal(readFileSync(elsewhere, "utf8"), "theirs");
});

t.test("what is not of the state keeps its mode, whoever holds it", async (t) => {
  const it = await place(t);
  it.put(".backup", it.read(".backup").replace('"lineage": "lineage"', '"lineage": "other"'));
  writeFileSync(`${it.path}.lock`, JSON.stringify(owner), { mode: 0o644 });
  for (const suffix of [".backup", ".lock"]) chmodSync(`${it.path}${suffix}`, 0o644);
  const [found] = (await verifyState(it.path, NO_KEYS, providers)).filter(
    ({ step }) => step === "modes",
  );
  t.match(found, { status: "failed", help: /chmod 600 \S+\.backup; chmod 600 \S+\.lock$/u });
  rmSync(`${it.path}.lock`);
  const store = it.open();
  const lock = await store.lock(owner);
  await store.read();
  await lock.release();
  t.equal(statSync(`${it.path}.backup`).mode & 0o777, 0o644);
  it.put("", "not ours");
  chmodSync(it.path, 0o644);
  t.strictSame(await it.flaws(), ["state", "lineage", "serial", "modes"]);
});

t.test("what only another program or passphrase reads is not damaged, and stays", async (t) => {
  const plain = await place(t);
  plain.put("", '{"format_version": 4, "lineage": "lineage", "serial": 9}');
  t.strictSame(await plain.flaws(), ["state"]);
  await t.rejects(plain.decide(), { code: "state-unreadable", message: /format version 4/u });

  const keys = testKeys("a passphrase of some length");
  const sealed = await place(t, keys);
  const other = testKeys("another passphrase, as long");
  await t.rejects(survey(sealed.path, other).then(decideRepair), { code: "wrong-passphrase" });
  await t.rejects(survey(sealed.path, NO_KEYS).then(decideRepair), { code: "no-passphrase" });
});

t.test("where nothing can be read nothing is changed", async (t) => {
  const it = await place(t);
  for (const suffix of ["", ".backup", ".journal"]) it.put(suffix, "{}\n");
  await t.rejects(it.decide(), { code: "state-unreadable", help: /a copy of your own/u });
  for (const suffix of ["", ".backup", ".journal"]) it.remove(suffix);
  await t.rejects(it.decide(), { code: "usage", message: /There is no state/u });
});

t.test("an encrypted state is verified and mended as any", async (t) => {
  const keys = testKeys("a passphrase of some length");
  const it = await place(t, keys);
  t.strictSame(await it.flaws(), []);
  const journal = it.read(".journal");
  const [, , third = ""] = journal.split("\n");
  it.put(".journal", line(journal, 3, third.replace(/^"..../u, '"AAAA')));
  t.strictSame(await it.flaws(), ["journal"]);
  const { losses } = await it.repair();
  t.match(losses, [/line 3: it does not authenticate/u]);
  t.strictSame(await it.names(), ["a", "b", "d"]);

  it.put("", it.read("").replace(/"sealed": "..../u, '"sealed": "AAAA'));
  t.strictSame(await it.flaws(), ["state"]);
  await it.repair();
  t.strictSame(await it.flaws(), []);
  t.notMatch(it.read(""), "security_group");
});

t.test("a journal that was put in plain text beside an encrypted state is set aside", async (t) => {
  const keys = testKeys("a passphrase of some length");
  const forged = (await place(t)).read(".journal");
  const it = await place(t, keys);
  for (const beside of ["the state", "its backup alone"]) {
    it.put(".journal", forged);
    t.strictSame(await it.flaws(), beside === "the state" ? ["journal"] : ["journal", "serial"]);
    const { losses } = await it.repair();
    t.match(losses.join(), /What the last interrupted run recorded/u);
    t.strictSame(await it.flaws(), [], beside);
    t.strictSame(await it.names(), beside === "the state" ? ["a"] : [], beside);
    it.remove("");
  }
});

t.test("a spent journal in plain text, as of a run that was killed, is no flaw", async (t) => {
  const spent = (await place(t)).read(".journal");
  const it = await place(t, testKeys("a passphrase of some length"));
  await it.open().write(state(3, "a"), 2);
  it.put(".journal", spent);
  t.strictSame(await it.flaws(), []);
  t.strictSame((await it.decide()).steps, []);
  t.strictSame(await it.names(), ["a"]);
});

t.test("dependencies on what is not there are dropped", async (t) => {
  const it = await place(t);
  const b = instance("b", { dependencies: [{ type: "key_pair", name: "gone" }] });
  await it.open().write({ ...state(3), instances: [b] }, 2);
  await it.repair();
  t.strictSame((await it.open().read())?.instances, [instance("b")]);
});

t.test("a backup that is no earlier version of the state is kept, not replaced", async (t) => {
  const it = await place(t);
  const whole = replay(state(2, "a"), ["b", "c", "d"].map(written));
  it.put(".backup", "not ours");
  await it.open().write({ ...whole, serial: 3 }, 2);
  const [kept = ""] = readdirSync(it.folder).filter((name) => name.includes(".kept-"));
  t.equal(readFileSync(join(it.folder, kept), "utf8"), "not ours");
});

t.test("a state older than its backup is neither read nor written", async (t) => {
  const it = await place(t);
  it.remove(".journal");
  const newer = it.read("");
  it.put("", it.read(".backup"));
  it.put(".backup", newer);
  const expected = {
    code: "state-rolled-back",
    message: /serial 1.*serial 2/u,
    help: /state repair/u,
  };
  await t.rejects(it.open().read(), expected);
  it.remove(".backup");
  t.strictSame(await it.open().read(), state(1), "the way for who means it");
});
