import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import { folderInUse, HANG, LOCK_ASIDE, onFuzzBench } from "../helpers/fuzz-bench.js";
import { holds } from "../helpers/property.js";
import { type Spoiling, spoil, spoiling } from "../helpers/spoiling.js";

const STATE = "portcullis.state.json";
const COMMANDS = [
  ["plan"],
  ["drift"],
  ["apply", "change.plan"],
  ["apply", "--auto-approve"],
  ["destroy", "--auto-approve"],
  ["state", "verify"],
  ["state", "repair", "--auto-approve"],
];
const PASSPHRASE = { PORTCULLIS_STATE_PASSPHRASE: "a passphrase of some length" };

/** Whatever is done to the files, each command ends in words, and none makes a state unreadable. */
for (const { what, env, files, runs } of [
  {
    what: "files",
    env: {},
    runs: 40,
    files: [STATE, `${STATE}.backup`, `${STATE}.journal`, "change.plan", "ci.json", "main.yaml"],
  },
  {
    what: "encrypted files",
    env: PASSPHRASE,
    runs: 4,
    files: [STATE, `${STATE}.backup`, `${STATE}.journal`, "change.plan"],
  },
]) {
  t.test(`spoiled ${what} end in words`, async (t) => {
    const folder = await folderInUse(t, env);
    const property = fc.asyncProperty(
      fc.constantFrom(...files),
      spoiling,
      fc.constantFrom(...COMMANDS),
      (name, how, argv) =>
        onFuzzBench(folder, { env }, async ({ cwd, run }) => {
          spoilFile(join(cwd, name), how);
          const before = await run("show");
          await run(...argv);
          const after = await run("show");
          if (before.code === 0 && after.code !== 0) throw new Error(after.stderr);
        }),
    );
    await holds(runs, property, HANG);
  });
}

t.test("a spoiled lock ends in words, and the state is what it was", async (t) => {
  const folder = await folderInUse(t);
  const command = fc.constantFrom(["apply", "--auto-approve"], ["force-unlock", "none"]);
  const property = fc.asyncProperty(spoiling, command, (how, argv) =>
    onFuzzBench(folder, {}, async ({ cwd, run }) => {
      const lock = join(cwd, `${STATE}.lock`);
      cpSync(join(cwd, LOCK_ASIDE), lock);
      spoilFile(lock, how);
      await run(...argv);
      const { code, stderr } = await run("show");
      if (code !== 0) throw new Error(stderr);
    }),
  );
  await holds(15, property, HANG);
});

t.test("a spoiled clouds.yaml ends in words", async (t) => {
  const folder = await folderInUse(t);
  const command = fc.constantFrom(["plan"], ["doctor"], ["apply", "--auto-approve"]);
  const property = fc.asyncProperty(spoiling, command, (how, argv) =>
    onFuzzBench(folder, {}, async ({ cwd, origin, run }) => {
      const path = join(cwd, "clouds.yaml");
      // The address stays whole or goes: a spoiled one would lead to somebody else.
      const text = readFileSync(path, "utf8").replaceAll(origin, "ORIGIN");
      writeFileSync(path, spoil(text, how).replaceAll("ORIGIN", origin));
      await run(...argv);
    }),
  );
  await holds(25, property, HANG);
});

function spoilFile(path: string, how: Spoiling): void {
  const text = readFileSync(path, "utf8");
  const spoiled = spoil(text, how);
  if (spoiled === text) throw new Error(`nothing was done to ${path}`);
  writeFileSync(path, spoiled);
}
