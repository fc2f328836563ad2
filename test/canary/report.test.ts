import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { temporaryFolder } from "../helpers/example.js";
import { Evidence } from "./evidence.js";
import { LEAKS } from "./leaks.js";
import { search } from "./report.js";
import { odd, textSecret } from "./secret.js";

const SECRET = textSecret("password", "password", `"\\ü>?>?>?ÿ~?${odd("leak")}`);

/** Where files may lie, below a scene's root. */
const FOLDERS = ["work", "work/.hidden", "home/config", "tmp"];

function begun(t: Test) {
  const root = temporaryFolder(t);
  for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  const declared = { "work/own.pem": ["password"], "work/others.pem": ["somebody else"] };
  const evidence = new Evidence({ name: "leak", declared }, root);
  const write = (name: string, bytes: Uint8Array, mode = 0o600) =>
    writeFileSync(join(root, name), bytes, { mode });
  /** A run that prints this. */
  const print = (stdout: Buffer, stderr: Buffer, recording = "/none") =>
    evidence.add({
      label: "plan",
      argv: ["plan"],
      ran: { code: 0, stdout, stderr },
      env: { HANDED: "on" },
      recording,
      options: {},
    });
  const hits = () => search([...evidence.places.values()], [SECRET]).hits;
  return { root, write, print, hits, evidence };
}

const NOTHING = Buffer.alloc(0);

for (const [index, [form, spell]] of LEAKS.entries()) {
  t.test(`a leak is a hit in each stream and folder: ${index + 1}, ${form}`, async (t) => {
    const { write, print, hits } = begun(t);
    const leak = spell(SECRET);
    for (const folder of FOLDERS) write(`${folder}/some.log`, leak);
    print(Buffer.concat([Buffer.from("Plan: "), leak]), leak);
    const places = [
      ...["plan, standard output", "plan, standard error"],
      ...FOLDERS.map((it) => `${it}/some.log`),
    ];
    const found = hits();
    for (const place of places)
      t.ok(found.includes(`leak ${place}: password (${form})`), `${place}\n${found.join("\n")}`);
  });
}

t.test("so it is in what is gone later, and in what commands get", async (t) => {
  const { root, print, hits } = begun(t);
  const recording = join(temporaryFolder(t), "1.ndjson");
  const content = SECRET.bytes.toString("base64");
  const lines = [
    { kind: "written", path: join(root, "work/.own.pem.0a1b2c3d.1-0"), content },
    { kind: "written", path: join(root, "work/gone.txt"), content },
    { kind: "spawned", argv: ["sh", String(SECRET.bytes)], env: { HANDED: "on" } },
    { kind: "spawned", argv: ["sh"], env: { PASSWORD: String(SECRET.bytes) } },
  ];
  const text = lines.map((it) => `${JSON.stringify(it)}\n`).join("");
  // Where the program was killed.
  writeFileSync(recording, `${text}{"ki`);
  print(NOTHING, NOTHING, recording);
  t.strictSame(
    hits().filter((it) => it.endsWith("(raw)")),
    [
      "leak work/gone.txt: password (raw)",
      "leak plan, arguments of a command: password (raw)",
      "leak plan, environment of a command: password (raw)",
    ],
  );
});

t.test("where it is declared it may be, for its owner alone", async (t) => {
  const { write, evidence, hits } = begun(t);
  for (const name of ["own.pem", ".own.pem.0a1b2c3d.1-0", "own.pem.0a1b2c3d.pending"])
    write(`work/${name}`, SECRET.bytes);
  evidence.look();
  t.strictSame(hits(), []);
  write("work/others.pem", SECRET.bytes);
  write("work/own.pem.copy", SECRET.bytes);
  write("tmp/own.pem.0a1b2c3d.pending", SECRET.bytes);
  write("work/own.pem.aaaaaaaa.pending", SECRET.bytes, 0o644);
  evidence.look();
  t.strictSame(
    hits()
      .filter((it) => /\(raw\)/u.test(it))
      .sort(),
    [
      "leak tmp/own.pem.0a1b2c3d.pending: password (raw)",
      "leak work/others.pem: password (raw)",
      "leak work/own.pem.aaaaaaaa.pending: password (raw), readable",
      "leak work/own.pem.copy: password (raw)",
    ],
  );
});
