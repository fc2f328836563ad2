import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import t from "tap";
import {
  emptySnapshot,
  type JournalEntry,
  replay,
  type Snapshot,
} from "../../engine/model/state.js";
import { fileStateStore } from "../../state/file-store.js";
import { stateStoreConformance } from "../conformance/state-store.js";
import { begunEntries } from "../helpers/begun-entries.js";
import { filePlace } from "../helpers/file-place.js";

stateStoreConformance((t) => filePlace(t));

const snapshot: Snapshot = { ...emptySnapshot("lineage"), serial: 1, outputs: { b: 1, a: [2] } };

const entries = begunEntries(["a", "b", "c"], "\u00e4");

const anyCloud = {
  name: "cloud",
  authUrl: "https://cloud.example.com/v3",
  project: { id: "p", name: "project" },
  user: { id: "u", name: "user" },
};

const storeAt = (path: string) => fileStateStore({ path, host: "here" });

t.test(
  "the file is the same text for the same state, mode 0600, and nothing is left beside it",
  async (t) => {
    const folder = t.testdir();
    const path = join(folder, "state.json");
    await storeAt(path).write(snapshot, 0);
    t.equal(
      readFileSync(path, "utf8"),
      `{
  "format_version": 3,
  "lineage": "lineage",
  "serial": 1,
  "outputs": {
    "a": [
      2
    ],
    "b": 1
  },
  "pending": [],
  "instances": []
}
`,
    );
    t.strictSame(readdirSync(folder), ["state.json"]);
    t.equal(statSync(path).mode & 0o777, 0o600);
  },
);

t.test("the state before is kept as a backup; all files have mode 0600", async (t) => {
  const folder = t.testdir();
  const store = storeAt(join(folder, "state.json"));
  await store.write(snapshot, 0);
  const before = readFileSync(join(folder, "state.json"), "utf8");
  chmodSync(join(folder, "state.json"), 0o644);
  await store.write({ ...snapshot, serial: 2 }, 1);
  await store.append({ kind: "removed", address: { type: "key_pair", name: "a" } });
  const lock = await store.lock({
    run: "run",
    user: "alice",
    host: "here",
    pid: 1,
    command: "portcullis apply",
    since: "2026-11-23T12:00:00Z",
  });
  t.equal(readFileSync(join(folder, "state.json.backup"), "utf8"), before);
  const modes = readdirSync(folder).map((name) => [
    name,
    (statSync(join(folder, name)).mode & 0o777).toString(8),
  ]);
  t.strictSame(modes, [
    ["state.json", "600"],
    ["state.json.backup", "600"],
    ["state.json.journal", "600"],
    ["state.json.lock", "600"],
  ]);
  await lock.release();
});

t.test("a state behind a link is written through it, even before it exists", async (t) => {
  const folder = t.testdir({ real: {} });
  const link = join(folder, "state.json");
  const target = join(folder, "real", "kept.json");
  symlinkSync(join("real", "kept.json"), link);
  await storeAt(link).write(snapshot, 0);
  await storeAt(link).write({ ...snapshot, serial: 2 }, 1);
  t.strictSame(await storeAt(target).read(), { ...snapshot, serial: 2 });
  t.strictSame(readdirSync(folder), ["real", "state.json"]);
});

t.test("damage is named, with its place and the backup", async (t) => {
  const whole = `{"format_version":1,"lineage":"x","serial":1,"outputs":{},"pending":[],"instances":[]}`;
  const instance = `{"address":"key_pair.a","provider":"p","id":"i","schema_version":1,"prevent_destroy":false,"dependencies":[],"attributes":{}}`;
  const cases: readonly (readonly [string, RegExp])[] = [
    ["", /expected JSON/u],
    [whole.slice(0, -5), /expected JSON/u],
    ["[]", /state\.json is no state of Portcullis$/u],
    ["\xff", /expected UTF-8/u],
    [
      whole.replace('"format_version":1,', ""),
      /format_version: expected a whole number, got null/u,
    ],
    [whole.replace("1", "0"), /format_version: expected 1 to 3, got 0/u],
    [whole.replace('"serial":1', '"serial":-1'), /serial: expected a whole number, got -1/u],
    [whole.replace('"outputs":{},', ""), /outputs: expected a value, got none/u],
    [whole.replace("{}", '{},"secret":1'), /secret: expected no key of that name/u],
    [
      whole.replace('instances":[', `instances":[${instance.replace("key_pair.a", "key_pair")}`),
      /instances\[0\]\.address: expected an address such as security_group\.web, got "key_pair"/u,
    ],
    [
      whole.replace('instances":[', `instances":[${instance},${instance}`),
      /key_pair\.a only once/u,
    ],
  ];
  for (const [content, message] of cases) {
    const path = join(t.testdir(), "state.json");
    writeFileSync(path, content, "latin1");
    writeFileSync(`${path}.backup`, whole);
    const expected = { code: "state-unreadable", message, help: /state\.json\.backup/u };
    await t.rejects(storeAt(path).read(), expected, content);
    await t.rejects(storeAt(path).write({ ...snapshot, serial: 2 }, 1), expected, content);
    t.equal(readFileSync(path, "latin1"), content);
  }
});

t.test("a state of a newer Portcullis is left alone", async (t) => {
  const path = join(t.testdir(), "state.json");
  writeFileSync(path, `{"format_version":4,"anything":true}`);
  await t.rejects(storeAt(path).read(), {
    code: "state-unreadable",
    message: /version 4; this Portcullis knows versions 1 to 3/u,
    help: /use the Portcullis that wrote it/u,
  });
});

t.test("what cannot be read or written is told as such", async (t) => {
  const folder = t.testdir();
  mkdirSync(join(folder, "folder"));
  await t.rejects(storeAt(join(folder, "folder")).read(), {
    code: "file-error",
    message: /cannot read the state .*it is a folder/u,
  });
  await t.rejects(storeAt(join(folder, "none", "state.json")).write(snapshot, 0), {
    code: "file-error",
    message: /cannot write the state .*its folder does not exist/u,
  });
});

t.test(
  "a journal cut at any byte gives the entries that were whole, and can be continued",
  async (t) => {
    const path = join(t.testdir(), "state.json");
    const journal = `${path}.journal`;
    const store = storeAt(path);
    await store.write(snapshot, 0);
    for (const entry of entries) await store.append(entry);
    const whole = readFileSync(journal);
    const next: JournalEntry = { kind: "removed", address: { type: "key_pair", name: "a" } };
    for (let length = 0; length <= whole.length; length += 1) {
      writeFileSync(journal, whole);
      truncateSync(journal, length);
      const lines = whole.subarray(0, length).filter((byte) => byte === 10).length;
      const durable = entries.slice(0, Math.max(0, lines - 1));
      t.strictSame(await storeAt(path).read(), replay(snapshot, durable), `${length} bytes`);
      await storeAt(path).append(next);
      t.strictSame(await storeAt(path).read(), replay(snapshot, [...durable, next]));
    }
  },
);

t.test("a last line that never reached the disk whole is left out", async (t) => {
  const path = join(t.testdir(), "state.json");
  await storeAt(path).write(snapshot, 0);
  for (const entry of entries.slice(0, 2)) await storeAt(path).append(entry);
  const lines = readFileSync(`${path}.journal`, "utf8").split("\n");
  const zeros = "\0".repeat(20);
  writeFileSync(`${path}.journal`, [...lines.slice(0, 2), `${zeros}}]`, ""].join("\n"));
  t.strictSame(await storeAt(path).read(), replay(snapshot, entries.slice(0, 1)));
});

t.test("a damaged line in the middle of a journal is not passed over", async (t) => {
  const path = join(t.testdir(), "state.json");
  await storeAt(path).write(snapshot, 0);
  for (const entry of entries) await storeAt(path).append(entry);
  const lines = readFileSync(`${path}.journal`, "utf8").split("\n");
  const expected = {
    code: "state-unreadable",
    message: /state\.json\.journal is damaged: line 3/u,
    help: /state repair/u,
  };
  const next: JournalEntry = { kind: "removed", address: { type: "key_pair", name: "a" } };
  for (const damage of ["[{", "[{}]", `[{"kind":"begun"}]`, "{}"]) {
    writeFileSync(`${path}.journal`, lines.with(2, damage).join("\n"));
    await t.rejects(storeAt(path).read(), expected, damage);
    await t.rejects(storeAt(path).append(next), expected, damage);
  }
});

t.test("a journal that a later state contains is ignored and ended", async (t) => {
  const path = join(t.testdir(), "state.json");
  const store = storeAt(path);
  await store.write(snapshot, 0);
  for (const entry of entries) await store.append(entry);
  const spent = readFileSync(`${path}.journal`);
  await store.write({ ...snapshot, serial: 2 }, 1);
  writeFileSync(`${path}.journal`, spent);
  t.strictSame(await storeAt(path).read(), { ...snapshot, serial: 2 });
  const next: JournalEntry = { kind: "removed", address: { type: "key_pair", name: "a" } };
  await storeAt(path).append(next);
  t.strictSame(await storeAt(path).read(), { ...snapshot, serial: 2 });
});

t.test("a journal of a state that is not here is not passed over", async (t) => {
  const path = join(t.testdir(), "state.json");
  const foreign = (lineage: string, serial: number) =>
    writeFileSync(
      `${path}.journal`,
      `{"format_version":1,"lineage":${JSON.stringify(lineage)},"serial":${serial}}\n`,
    );
  foreign("lineage", 1);
  const expected = {
    code: "state-unreadable",
    message: /state\.json\.journal continues a state that is not here/u,
  };
  await t.rejects(storeAt(path).read(), expected);
  await storeAt(path).write(snapshot, 0);
  foreign("another", 1);
  await t.rejects(storeAt(path).read(), expected);
  foreign("lineage", 2);
  await t.rejects(storeAt(path).read(), expected);
});

t.test("entries that arrive together are written together", async (t) => {
  const path = join(t.testdir(), "state.json");
  const store = storeAt(path);
  await store.write(snapshot, 0);
  const many = Array.from({ length: 100 }, () => entries).flat();
  await Promise.all(many.map((entry) => store.append(entry)));
  const lines = readFileSync(`${path}.journal`, "utf8").trimEnd().split("\n");
  t.ok(lines.length <= 3, `${lines.length} lines`);
  t.strictSame(await storeAt(path).read(), replay(snapshot, many));
});

const owner = {
  run: "this-run",
  user: "alice",
  host: "here",
  pid: process.pid,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00Z",
};

t.test("who takes the lock removes what dead runs have left, and nothing else", async (t) => {
  const folder = t.testdir({
    "state.json.dead-run.tmp": "",
    "state.json.lock.dead-run.tmp": "{",
    "state.json.lock.takeover.dead-run.tmp": "",
    "state.json.old": "",
    "other.json.lock.dead-run.tmp": "",
    "state.json.prod.live-run.tmp": "of the state state.json.prod",
    "state.json.prod.lock.live-run.tmp": "",
  });
  const path = join(folder, "state.json");
  await storeAt(path).write(snapshot, 0);
  await storeAt(path).append({ kind: "cloud", cloud: anyCloud });
  const spent = readFileSync(`${path}.journal`);
  await storeAt(path).write({ ...snapshot, serial: 2 }, 1);
  writeFileSync(`${path}.journal`, spent);

  const store = storeAt(path);
  const lock = await store.lock(owner);
  t.strictSame((await store.read())?.serial, 2);
  await lock.release();
  t.strictSame(readdirSync(folder).sort(), [
    "other.json.lock.dead-run.tmp",
    "state.json",
    "state.json.backup",
    "state.json.old",
    "state.json.prod.live-run.tmp",
    "state.json.prod.lock.live-run.tmp",
  ]);
});

t.test("no lock is missed because another run tidies up", async (t) => {
  const path = join(t.testdir(), "state.json");
  let taken = 0;
  const takeOften = async (run: string) => {
    for (let nth = 0; nth < 20; ) {
      try {
        const lock = await storeAt(path).lock({ ...owner, run });
        await lock.release();
        taken += 1;
        nth += 1;
      } catch (error) {
        t.match(error, { code: "state-locked" });
      }
    }
  };
  await Promise.all(["a", "b", "c", "d"].map(takeOften));
  t.equal(taken, 80);
});
