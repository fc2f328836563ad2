import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import t from "tap";
import { systemRuntime } from "../../../engine/cli/runtime.js";

const runtimeIn = (folder: string, home?: string) => systemRuntime({ folder, env: { HOME: home } });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

t.test(
  "a secret is made whole, mode 0600, in folders of mode 0700, with nothing left beside it",
  async (t) => {
    const folder = t.testdir();
    const { files } = runtimeIn(folder);
    t.equal(await files.createSecret("keys/mine/a.pem", "secret\n"), true);
    const made = join(folder, "keys", "mine");
    t.equal(readFileSync(join(made, "a.pem"), "utf8"), "secret\n");
    t.strictSame(
      [modeOf(join(folder, "keys")), modeOf(made), modeOf(join(made, "a.pem"))],
      ["700", "700", "600"],
    );
    t.strictSame(readdirSync(made), ["a.pem"]);
  },
);

t.test(
  "a secret takes no place that is taken: by a file, a folder, or a link to nowhere",
  async (t) => {
    const folder = t.testdir({ file: "mine", folder: {} });
    symlinkSync("nowhere", join(folder, "link"));
    const { files } = runtimeIn(folder);
    for (const path of ["file", "folder", "link"])
      t.equal(await files.createSecret(path, "secret"), false, path);
    t.equal(readFileSync(join(folder, "file"), "utf8"), "mine");
    t.strictSame(readdirSync(folder).sort(), ["file", "folder", "link"]);
  },
);

t.test("the names in a folder are told, and that there is none", async (t) => {
  const folder = t.testdir({ file: "mine", certs: { "a.pem": "a", "b.pem": "b" } });
  const { files } = runtimeIn(folder);
  t.strictSame([...((await files.list("certs")) ?? [])].sort(), ["a.pem", "b.pem"]);
  for (const path of ["file", "nothing", "file/within"])
    t.equal(await files.list(path), undefined, path);
});

t.test("of many who make the same secret, one does, and its content stands", async (t) => {
  const folder = t.testdir();
  const made = await Promise.all(
    Array.from({ length: 20 }, async (_, index) =>
      (await runtimeIn(folder).files.createSecret("key.pem", `${index}`)) ? [`${index}`] : [],
    ),
  );
  t.strictSame(made.flat(), [readFileSync(join(folder, "key.pem"), "utf8")]);
  t.strictSame(readdirSync(folder), ["key.pem"]);
});

t.test("what a killed process has left of a secret goes with the next one", async (t) => {
  const folder = t.testdir({ "mine.pem.4000001-1": "" });
  const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
  const left = (pid: number) => `.ada.pem.${machine}.${pid}-0`;
  const elsewhere = ".ada.pem.00000000.4000001-0";
  for (const name of [left(4_000_001), left(process.ppid), elsewhere]) {
    writeFileSync(join(folder, name), "half of a sec");
  }
  await systemRuntime({ folder, env: {} }).files.createSecret("grace.pem", "secret");
  t.strictSame(
    readdirSync(folder).sort(),
    [elsewhere, left(process.ppid), "grace.pem", "mine.pem.4000001-1"].sort(),
  );
});

t.test("a replaced secret has mode 0600 whatever was there", async (t) => {
  const folder = t.testdir({ "clouds.yaml": "old" });
  chmodSync(join(folder, "clouds.yaml"), 0o644);
  const { files } = runtimeIn(folder);
  await files.replaceSecret("clouds.yaml", "new");
  await files.replaceSecret("made.yaml", "made");
  t.strictSame(readdirSync(folder), ["clouds.yaml", "made.yaml"]);
  for (const [path, content] of [
    ["clouds.yaml", "new"],
    ["made.yaml", "made"],
  ] as const) {
    t.equal(readFileSync(join(folder, path), "utf8"), content);
    t.equal(modeOf(join(folder, path)), "600");
  }
});

t.test("a file is read as it is, a missing one is undefined, a removed one is gone", async (t) => {
  const folder = t.testdir();
  writeFileSync(join(folder, "bytes"), Uint8Array.of(0, 255));
  const { files } = runtimeIn(folder);
  t.strictSame([...((await files.read("bytes")) ?? [])], [0, 255]);
  t.equal(await files.read("none"), undefined);
  t.equal(await files.read("bytes/below"), undefined);
  await files.remove("bytes");
  await files.remove("bytes");
  t.equal(await files.read("bytes"), undefined);
});

t.test("what the disk refuses is told with the path and the reason", async (t) => {
  const folder = t.testdir({ file: "" });
  mkdirSync(join(folder, "folder"));
  const { files } = runtimeIn(folder);
  const isFolder = { code: "file-error", message: "cannot read folder: it is a folder" };
  await t.rejects(files.read("folder"), isFolder);
  await t.rejects(files.createSecret("file/key.pem", "secret"), {
    code: "file-error",
    message: "cannot write file/key.pem: a file is where its folder should be",
  });
});

t.test("paths are relative to the folder, to the home with ~/, or absolute", async (t) => {
  const { files } = runtimeIn("/config", "/home/alice");
  t.equal(files.resolve("keys/a.pem"), "/config/keys/a.pem");
  t.equal(files.resolve("../a.pem"), "/a.pem");
  t.equal(files.resolve("~/a.pem"), "/home/alice/a.pem");
  t.equal(files.resolve("~alice/a.pem"), "/config/~alice/a.pem");
  t.equal(files.resolve("/a.pem"), "/a.pem");
  t.equal(runtimeIn("/config").files.resolve("~/a.pem"), join(homedir(), "a.pem"));
});

t.test("clock and randomness are the machine's", async (t) => {
  const { clock, random } = runtimeIn("/config");
  const before = Date.now();
  await clock.sleep(1);
  t.ok(clock.now().getTime() >= before);
  t.equal(random.bytes(33).length, 33);
  t.not(random.uuid(), random.uuid());
});
