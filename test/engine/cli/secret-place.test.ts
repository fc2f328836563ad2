import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  promises,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import t, { type Test } from "tap";
import { systemRuntime } from "../../../engine/cli/runtime.js";

/** A folder of a configuration, beside one that is none of its business. */
function places(t: Test) {
  const root = t.testdir({ config: { keys: {}, file: "mine" }, elsewhere: { file: "theirs" } });
  const folder = join(root, "config");
  symlinkSync(join(root, "elsewhere"), join(folder, "out"));
  symlinkSync("keys", join(folder, "in"));
  symlinkSync(join(root, "elsewhere", "file"), join(folder, "link"));
  symlinkSync("nowhere", join(folder, "dangling"));
  symlinkSync("nowhere", join(folder, "dangling-folder"));
  mkdirSync(join(folder, "folder"));
  execFileSync("mkfifo", [join(folder, "pipe")]);
  chmodSync(join(folder, "file"), 0o600);
  const { files } = systemRuntime({ folder, env: { HOME: root } });
  return { root, folder, files };
}

const SEEN: Readonly<Record<string, unknown>> = {
  none: { kind: "nothing" },
  "keys/none": { kind: "nothing" },
  "none/none": { kind: "nothing" },
  "file/none": { kind: "nothing" },
  file: { kind: "file", exposed: false },
  link: { kind: "taken", what: "a symbolic link" },
  dangling: { kind: "taken", what: "a symbolic link" },
  "dangling-folder/none": { kind: "taken", what: "in a folder that cannot be entered" },
  folder: { kind: "taken", what: "a folder" },
  pipe: { kind: "taken", what: "a device, pipe or socket" },
  "/dev/null": { kind: "taken", what: "a device, pipe or socket" },
  "in/none": { kind: "nothing" },
  "../elsewhere/file": { kind: "outside" },
  "../none": { kind: "outside" },
  "out/file": { kind: "outside" },
  "out/none/none": { kind: "outside" },
  "~/elsewhere/file": { kind: "file" },
};

t.test("the place of a secret is seen as it is, and nothing is waited for", async (t) => {
  const { files } = places(t);
  for (const [path, expected] of Object.entries(SEEN))
    t.match(await files.look(path), expected, path);
});

t.test("what others may reach is seen as exposed", async (t) => {
  const { files, folder } = places(t);
  for (const mode of [0o640, 0o604, 0o660, 0o700 | 0o001]) {
    chmodSync(join(folder, "file"), mode);
    t.match(await files.look("file"), { exposed: true }, mode.toString(8));
  }
});

for (const path of ["../elsewhere/new", "../new", "out/new", "out/sub/new"])
  t.test(`no secret is written through ${path}`, async (t) => {
    const { root, files } = places(t);
    const refusal = { code: "file-error", message: /outside of/u, help: /absolute/u };
    await t.rejects(files.createSecret(path, "secret"), refusal);
    await t.rejects(files.replaceSecret(path, "secret"), refusal);
    t.strictSame(readdirSync(join(root, "elsewhere")), ["file"]);
    t.strictSame(readdirSync(root).sort(), ["config", "elsewhere"]);
  });

for (const path of ["link", "dangling", "folder", "pipe"])
  t.test(`no secret takes the place of what is no file: ${path}`, async (t) => {
    const { root, files } = places(t);
    t.equal(await files.createSecret(path, "secret"), false);
    await t.rejects(files.replaceSecret(path, "secret"), { code: "file-error", help: /links/u });
    t.equal(readFileSync(join(root, "elsewhere", "file"), "utf8"), "theirs");
  });

t.test(
  "a folder that becomes a link between the look and the writing gets no secret",
  async (t) => {
    const { root, folder, files } = places(t);
    const { open } = promises;
    const swapped = async (...args: Parameters<typeof open>) => {
      if (args[1] === "wx") {
        renameSync(join(folder, "keys"), join(folder, "moved"));
        symlinkSync(join(root, "elsewhere"), join(folder, "keys"));
      }
      return open(...args);
    };
    for (const write of ["createSecret", "replaceSecret"] as const) {
      Object.assign(promises, { open: swapped });
      syncBuiltinESMExports();
      const written: Promise<unknown> = files[write]("keys/new", "secret");
      await t.rejects(async () => written, {
        code: "file-error",
        message: /its folder has become a link/u,
      });
      Object.assign(promises, { open });
      syncBuiltinESMExports();
      t.strictSame(readdirSync(join(root, "elsewhere")), ["file"]);
      t.strictSame(readdirSync(join(folder, "moved")), []);
      rmSync(join(folder, "keys"));
      renameSync(join(folder, "moved"), join(folder, "keys"));
    }
  },
);

for (const { name, path, to } of [
  { name: "out of the configuration's folder", path: "keys/file", to: "elsewhere" },
  { name: "to another folder in it", path: "keys/file", to: "config/other" },
  { name: "elsewhere, of an absolute path", path: "FOLDER/keys/file", to: "elsewhere" },
])
  t.test(`nothing is removed through a folder that has become a link ${name}`, async (t) => {
    const { root, folder, files } = places(t);
    const place = path.replace("FOLDER", folder);
    mkdirSync(join(folder, "other"));
    writeFileSync(join(folder, "other", "file"), "theirs");
    t.equal(await files.createSecret(place, "secret"), true);
    t.match(await files.look(place), { kind: "file" });
    renameSync(join(folder, "keys"), join(folder, "moved"));
    symlinkSync(join(root, to), join(folder, "keys"));
    await t.rejects(files.remove(place), { code: "file-error", message: /a link|outside of/u });
    t.equal(readFileSync(join(root, to, "file"), "utf8"), "theirs");
    t.equal(readFileSync(join(folder, "moved", "file"), "utf8"), "secret");
  });

t.test("nothing is removed where a relative path leads out of the folder", async (t) => {
  const { root, files } = places(t);
  await t.rejects(files.remove("out/file"), { code: "file-error", message: /outside of/u });
  await t.rejects(files.remove("../elsewhere/file"), { code: "file-error" });
  t.equal(readFileSync(join(root, "elsewhere", "file"), "utf8"), "theirs");
});

t.test("what is gone is removed already, with its folder or without", async (t) => {
  const { folder, files } = places(t);
  await files.remove("none");
  await files.remove("none/file");
  await files.remove("file/none");
  await files.remove("dangling-folder/none");
  t.equal(readFileSync(join(folder, "file"), "utf8"), "mine");
  await files.remove("in/../file");
  t.notOk(readdirSync(folder).includes("file"));
});

t.test("an absolute path and one of the home are meant, and so may lead elsewhere", async (t) => {
  const { root, folder, files } = places(t);
  t.equal(await files.createSecret(join(root, "elsewhere", "one"), "1"), true);
  t.equal(await files.createSecret("~/elsewhere/two", "2"), true);
  t.equal(await files.createSecret(join(folder, "out", "three"), "3"), true);
  t.equal(await files.createSecret("in/four", "4"), true);
  t.equal(statSync(join(root, "elsewhere", "three")).mode & 0o777, 0o600);
  t.equal(readFileSync(join(folder, "keys", "four"), "utf8"), "4");
});
