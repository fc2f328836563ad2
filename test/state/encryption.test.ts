import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { emptySnapshot, replay, type Snapshot } from "../../engine/model/state.js";
import { Sensitive } from "../../engine/model/value.js";
import { fileStateStore } from "../../state/file-store.js";
import { keyring } from "../../state/keyring.js";
import { stateStoreConformance } from "../conformance/state-store.js";
import { begunEntries } from "../helpers/begun-entries.js";
import { filePlace } from "../helpers/file-place.js";
import { testKeys } from "../helpers/test-keys.js";

const NEW = "a passphrase of some length";
const OLD = "the passphrase of last year";

stateStoreConformance((t) => filePlace(t, () => testKeys(NEW)));

const snapshot: Snapshot = {
  ...emptySnapshot("lineage"),
  serial: 1,
  outputs: { word: "marmalade" },
};
const second = { ...snapshot, serial: 2 };

const entries = begunEntries(["a", "b", "c", "d"], "marmalade");

interface Bench {
  readonly path: string;
  readonly notices: string[];
  open(current?: string, former?: string): ReturnType<typeof fileStateStore>;
  /** The text of each file, by what follows the state's name. */
  files(): Readonly<Record<string, string>>;
}

function bench(t: Test): Bench {
  const folder = t.testdir();
  const path = join(folder, "state.json");
  const notices: string[] = [];
  return {
    path,
    notices,
    open: (current, former) =>
      fileStateStore({
        path,
        host: "here",
        keys: testKeys(current, former),
        notice: (it) => notices.push(it),
      }),
    files: () =>
      Object.fromEntries(
        readdirSync(folder).map((it) => [
          it.slice("state.json".length),
          readFileSync(join(folder, it), "utf8"),
        ]),
      ),
  };
}

/** A state with backup and journal. */
async function written(bench: Bench, passphrase?: string): Promise<Snapshot> {
  const store = bench.open(passphrase);
  await store.write(snapshot, 0);
  await store.write(second, 1);
  for (const entry of entries) await store.append(entry);
  return replay(second, entries);
}

t.test("state, backup and journal show nothing but which state they are of", async (t) => {
  const it = bench(t);
  const whole = await written(it, NEW);
  const files = it.files();
  t.strictSame(Object.keys(files), ["", ".backup", ".journal"]);
  for (const text of Object.values(files)) {
    t.notMatch(text, /marmalade|key_pair|begun/u);
    t.match(text, /"lineage"/u);
  }
  t.strictSame(await it.open(NEW).read(), whole);
  t.strictSame(it.notices, []);
});

t.test("without the passphrase nothing is read and nothing is written", async (t) => {
  const it = bench(t);
  await written(it, NEW);
  const before = it.files();
  const cases = [
    { store: it.open(), code: "no-passphrase", help: /PORTCULLIS_STATE_PASSPHRASE_FILE/u },
    {
      store: it.open("not the right passphrase"),
      code: "wrong-passphrase",
      help: /OLD_PASSPHRASE/u,
    },
    {
      store: it.open(OLD, "nor this one either"),
      code: "wrong-passphrase",
      help: /OLD_PASSPHRASE/u,
    },
  ];
  const [entry] = entries;
  for (const { store, code, help } of cases) {
    const expected = { code, message: /state\.json is encrypted/u, help };
    await t.rejects(store.read(), expected);
    await t.rejects(store.write({ ...snapshot, serial: 3 }, 2), expected);
    if (entry) await t.rejects(store.append(entry), expected);
  }
  t.strictSame(it.files(), before);
});

t.test("a plain state is encrypted by the next write, its backup and journal too", async (t) => {
  const it = bench(t);
  const whole = await written(it);
  const store = it.open(NEW);
  t.strictSame(await store.read(), whole);
  t.strictSame(it.notices, [`${it.path} is not encrypted; the next write encrypts it.`]);
  await store.append({ kind: "removed", address: { type: "key_pair", name: "a" } });
  t.notMatch(it.files()[".journal"] ?? "", /marmalade/u, "an append rewrites the journal once");
  const now = await it.open(NEW).read();
  t.strictSame(now, replay(whole, [{ kind: "removed", address: { type: "key_pair", name: "a" } }]));
  await store.write({ ...whole, serial: 3 }, 2);
  for (const text of Object.values(it.files())) t.notMatch(text, /marmalade/u);
});

t.test("the old passphrase reads, the new one writes", async (t) => {
  const it = bench(t);
  const whole = await written(it, OLD);
  const store = it.open(NEW, OLD);
  t.strictSame(await store.read(), whole);
  t.match(it.notices, [/encrypted with the old passphrase; the next write takes the new one/u]);
  await store.append({ kind: "removed", address: { type: "key_pair", name: "a" } });
  t.strictSame((await it.open(NEW, OLD).read())?.pending.length, 3, "state old, journal new");
  await store.write({ ...whole, serial: 3 }, 2);
  t.strictSame(await it.open(NEW).read(), { ...whole, serial: 3 });
  await t.rejects(it.open(OLD).read(), { code: "wrong-passphrase" });
  const { "": state = "", ".backup": backup = "" } = it.files();
  writeFileSync(it.path, backup);
  t.strictSame(await it.open(NEW).read(), second, "the backup has the new passphrase too");
  writeFileSync(it.path, state);
});

t.test("the old passphrase without a new one ends the encryption, and that is said", async (t) => {
  const it = bench(t);
  const whole = await written(it, OLD);
  const store = it.open(undefined, OLD);
  t.strictSame(await store.read(), whole);
  t.match(it.notices, [/the next write leaves it in plain text/u]);
  await store.write({ ...whole, serial: 3 }, 2);
  t.strictSame(await it.open().read(), { ...whole, serial: 3 });
});

t.test("a change between any two steps of a rotation loses nothing", async (t) => {
  const it = bench(t);
  const whole = await written(it, OLD);
  const before = it.files();
  await it.open(NEW, OLD).write({ ...whole, serial: 3 }, 2);
  const after = it.files();
  const step = (files: Readonly<Record<string, string | undefined>>) => {
    for (const [suffix, text] of Object.entries(files)) {
      if (text !== undefined) writeFileSync(`${it.path}${suffix}`, text);
    }
  };
  const moments = [
    { files: { ...before, ".backup.tmp": "half of" }, serial: 2 },
    { files: { ...before, ".backup": after[".backup"] }, serial: 2 },
    { files: { ...before, ".backup": after[".backup"], "": after[""] }, serial: 3 },
  ];
  for (const { files, serial } of moments) {
    step(files);
    t.strictSame(await it.open(NEW, OLD).read(), { ...whole, serial });
    await it.open(NEW, OLD).write({ ...whole, serial: serial + 1 }, serial);
    t.strictSame(await it.open(NEW).read(), { ...whole, serial: serial + 1 });
  }
});

t.test("what was altered is never read as something else", async (t) => {
  const it = bench(t);
  const whole = await written(it, NEW);
  const files = it.files();
  for (const suffix of ["", ".journal"]) {
    const path = `${it.path}${suffix}`;
    const bytes = Buffer.from(files[suffix] ?? "");
    // Each byte of what stands in plain text, and a sample of the rest.
    const places = [...bytes.keys()].filter((at) => at < 330 || at % 23 === 0);
    const taken: number[] = [];
    for (const at of places) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      writeFileSync(path, altered);
      const read = await it
        .open(NEW)
        .read()
        .catch((error: unknown) => error);
      if (!(read instanceof Error)) {
        taken.push(at);
        // A byte of the layout; or the end of the journal, which may be torn.
        const known = entries.map((_, count) => replay(second, entries.slice(0, count)));
        t.ok(
          [whole, ...known].some((it) => JSON.stringify(it) === JSON.stringify(read)),
          `${suffix} ${at}`,
        );
      }
    }
    t.ok(taken.length < places.length / 10, `${suffix}: ${taken.length} of ${places.length} read`);
    writeFileSync(path, bytes);
  }
});

t.test("lines of a journal cannot change places or be dropped but at the end", async (t) => {
  const it = bench(t);
  await written(it, NEW);
  const [header = "", a = "", b = "", c = "", d = ""] = (it.files()[".journal"] ?? "").split("\n");
  const expected = { code: "state-unreadable", message: /line \d: it does not authenticate/u };
  for (const lines of [
    [header, b, a, c, d],
    [header, b, c, d],
    [header, a, c, d],
    [header, a, a, b, c, d],
    [header.replace('"serial":2', '"serial":2 '), a],
  ]) {
    writeFileSync(`${it.path}.journal`, `${lines.join("\n")}\n`);
    await t.rejects(it.open(NEW).read(), expected);
  }
  writeFileSync(`${it.path}.journal`, `${[header, a, b].join("\n")}\n`);
  t.strictSame(await it.open(NEW).read(), replay(second, entries.slice(0, 2)));
});

t.test("a journal in plain text is no journal of an encrypted state", async (t) => {
  const it = bench(t);
  await written(it);
  const plain = it.files()[".journal"] ?? "";
  await it.open(NEW).write({ ...second, serial: 3 }, 2);
  writeFileSync(`${it.path}.journal`, plain.replace('"serial":2', '"serial":3'));
  const expected = {
    code: "state-unreadable",
    message: /state\.json\.journal is not as it was written: .* in plain text/u,
    help: /state repair/u,
  };
  const [entry] = entries;
  await t.rejects(it.open(NEW).read(), expected);
  if (entry) await t.rejects(it.open(NEW).append(entry), expected);
  t.strictSame(
    (await it.open(undefined, NEW).read())?.pending.map(({ name }) => name),
    ["a", "b", "c", "d"].map((name) => `marmalade ${name}`),
    "who ends the encryption writes so",
  );
});

t.test("a file cannot ask for more work than a key is worth", async (t) => {
  const it = bench(t);
  await written(it, NEW);
  const text = it.files()[""] ?? "";
  for (const n of ["1", "3", "2097152", '"2"']) {
    writeFileSync(it.path, text.replace('"n": 2', `"n": ${n}`));
    await t.rejects(it.open(NEW).read(), {
      code: "state-unreadable",
      message: /encryption\.n: expected a power of two|expected a whole number/u,
    });
  }
});

t.test("a passphrase is asked for once, and never for a plain state", async (t) => {
  const it = bench(t);
  await written(it);
  let asked = 0;
  const counting = () =>
    keyring({
      current: async () => {
        asked += 1;
        return new Sensitive(NEW);
      },
      random: (length) => Uint8Array.from(randomBytes(length)),
      cost: 2,
    });
  const store = fileStateStore({ path: it.path, host: "here", keys: counting() });
  await store.read();
  t.equal(asked, 0);
  await store.write({ ...second, serial: 3 }, 2);
  await store.write({ ...second, serial: 4 }, 3);
  t.equal(asked, 1);
});
