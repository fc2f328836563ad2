import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { emptySnapshot, type Snapshot } from "../../engine/model/state.js";
import { copiesOf, protectedCopies } from "../../state/copies.js";
import { fileStateStore } from "../../state/file-store.js";
import { type Keyring, NO_KEYS } from "../../state/keyring.js";
import { stateFiles } from "../../state/state-files.js";
import { verifyState } from "../../state/verify.js";
import { testKeys } from "../helpers/test-keys.js";

const ONE = "a passphrase of some length";
const TWO = "another passphrase, as long";

const snapshot = (serial: number): Snapshot => ({ ...emptySnapshot("lineage"), serial });

/** A state with its backup and journal, and what can be kept of them. */
async function place(t: Test, keys: Keyring = NO_KEYS) {
  const path = join(t.testdir(), "state.json");
  const store = fileStateStore({ path, host: "here", keys });
  await store.write(snapshot(1), 0);
  await store.write(snapshot(2), 1);
  await store.append({ kind: "abandoned", address: { type: "key_pair", name: "a" } });
  const put = (name: string, text: string) =>
    writeFileSync(`${path}${name}`, text, { mode: 0o600 });
  const copy = (from: string, name: string) => put(name, readFileSync(`${path}${from}`, "utf8"));
  const names = async () =>
    (await copiesOf(await stateFiles(path))).map((it) => it.path.slice(path.length));
  const protections = async (by: Keyring) =>
    Object.fromEntries(
      (await protectedCopies(path, by)).map((it) => [it.path.slice(path.length), it.protection]),
    );
  const verified = async () =>
    (await verifyState(path, keys, [])).find(({ step }) => step === "copies");
  return { path, put, copy, names, protections, verified };
}

t.test("the copies of a state are told from what else lies beside it", async (t) => {
  const it = await place(t);
  t.match(await it.verified(), { status: "ok" });
  const own = [
    ".backup.damaged-20261124T010203Z",
    ".backup.kept-0123abcd",
    ".damaged-20261124T010203Z",
    ".journal.damaged-20261124T010203Z-2",
  ];
  for (const name of [...own, "-other.damaged-1", ".lock.damaged-1", ".kept-1", ".run.tmp"])
    it.copy("", name);
  t.strictSame(await it.names(), own);
  t.match(await it.verified(), {
    status: "warning",
    facts: Object.fromEntries(own.map((name) => [`state.json${name}`, "in plain text"])),
    help: /remove them/u,
  });
});

t.test("a copy tells how it is encrypted, however much of it is damaged", async (t) => {
  const it = await place(t, testKeys(ONE));
  const text = readFileSync(it.path, "utf8");
  const cut = (after: string) => text.slice(0, text.indexOf(after) + after.length);
  it.copy("", ".damaged-1");
  it.copy(".backup", ".backup.kept-1");
  it.copy(".journal", ".journal.damaged-1");
  it.put(".damaged-2", cut('"sealed": "'));
  it.put(".damaged-3", cut('"salt'));
  it.put(".damaged-4", cut('"encryption": {'));
  it.put(".damaged-5", cut('"serial": 2'));
  it.put(".damaged-6", "");
  it.put(".damaged-7", '{"format_version": 3, "lineage": "a", "serial": 1, "cloud": null');
  it.put(".damaged-8", '{"format_version": 3, "lineage": "a", "serial": 1}');
  const rest = {
    ".damaged-3": "unknown",
    ".damaged-4": "unknown",
    ".damaged-5": "unknown",
    ".damaged-6": "unknown",
  };
  const sealed = [".backup.kept-1", ".damaged-1", ".damaged-2", ".journal.damaged-1"];
  const expected = (protection: string, plain = "plain") => ({
    ...rest,
    ".damaged-7": plain,
    ".damaged-8": plain,
    ...Object.fromEntries(sealed.map((name) => [name, protection])),
  });
  t.same(await it.protections(testKeys(ONE)), expected("current"));
  t.same(await it.protections(testKeys(TWO, ONE)), expected("former"));
  t.same(await it.protections(testKeys(TWO)), expected("other"));
  t.same(await it.protections(NO_KEYS), expected("other", "current"));
  t.match((await it.verified())?.facts, {
    "state.json.damaged-2": "encrypted",
    "state.json.damaged-4": "its beginning is damaged",
    "state.json.damaged-7": "in plain text",
  });
});

t.test(
  "a copy that others can use is told, and taken from them by who holds the state",
  async (t) => {
    const it = await place(t);
    it.copy("", ".backup.kept-1");
    const copy = `${it.path}.backup.kept-1`;
    chmodSync(copy, 0o644);
    const notices: string[] = [];
    const notice = (text: string) => notices.push(text);
    const store = fileStateStore({ path: it.path, host: "here", notice });
    await store.read();
    t.match(notices, [/kept-1 has mode 0644: others can use it/u]);
    const owner = { run: "run", user: "alice", host: "here", pid: process.pid };
    const lock = await store.lock({ ...owner, command: "apply", since: "2026-11-23T12:00:00Z" });
    await store.read();
    await lock.release();
    t.equal(statSync(copy).mode & 0o777, 0o600);
  },
);
