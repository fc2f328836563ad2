import { execFileSync } from "node:child_process";
import { existsSync, truncateSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import t, { type Test } from "tap";
import { passphraseFrom } from "../../../engine/cli/passphrase-command.js";
import { cliBench } from "../../helpers/cli-bench.js";
import { startCli } from "../../helpers/cli-process.js";

const yaml = "resources: { security_group: { web: {} } }\n";
const LOCK = "portcullis.state.json.lock";
const PASSPHRASE = "a passphrase of some length\n";

/** A run, and the pipe that it reads its passphrase from: opened once the run has it open. */
async function readingFromPipe(t: Test, argv: readonly string[]) {
  const bench = await cliBench(t, yaml);
  const pipe = join(bench.cwd, "pipe");
  execFileSync("mkfifo", [pipe]);
  const env = { ...bench.env, PORTCULLIS_STATE_PASSPHRASE_FILE: pipe };
  const run = startCli(argv, { cwd: bench.cwd, env });
  t.teardown(() => run.child.kill("SIGKILL"));
  const writer: FileHandle = await open(pipe, "w");
  return { bench, run, writer };
}

for (const [signal, exit] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)
  t.test(
    `${signal} ends a run whose passphrase does not come, and nothing is locked`,
    async (t) => {
      const { bench, run, writer } = await readingFromPipe(t, ["apply", "--auto-approve"]);
      t.equal(existsSync(join(bench.cwd, LOCK)), false, "it takes the lock when it has it");
      run.child.kill(signal);
      t.strictSame(await run.ended, { code: exit, signal: null });
      t.match(run.printed(), "Interrupted; nothing was changed.");
      t.equal(existsSync(join(bench.cwd, LOCK)), false);
      await writer.close();
    },
  );

t.test("a passphrase comes through a pipe", async (t) => {
  const { bench, run, writer } = await readingFromPipe(t, ["apply", "--auto-approve"]);
  await writer.writeFile(PASSPHRASE);
  await writer.close();
  t.strictSame(await run.ended, { code: 0, signal: null }, run.printed());
  const env = { PORTCULLIS_STATE_PASSPHRASE: PASSPHRASE.trim() };
  const { code, stdout } = await bench.run(["plan", "--detailed-exitcode"], { env });
  t.equal(code, 0, stdout);
});

t.test("a plan file and the state are opened with a passphrase that is read once", async (t) => {
  const bench = await cliBench(t, yaml);
  const counting = `["sh", "-c", "echo read >> count; cat pass.txt"]`;
  bench.write("pass.txt", PASSPHRASE);
  const env = { PORTCULLIS_STATE_PASSPHRASE_COMMAND: counting };
  t.equal((await bench.run(["plan", "--out", "change.plan"], { env })).code, 0);
  bench.write("count", "");
  const { code, stderr } = await bench.run(["apply", "change.plan"], { env });
  t.equal(code, 0, stderr);
  t.equal(bench.read("count"), "read\n");
});

t.test("a passphrase is short, wherever it comes from", async (t) => {
  const bench = await cliBench(t, yaml);
  writeFileSync(join(bench.cwd, "huge"), "");
  truncateSync(join(bench.cwd, "huge"), 8_000_000_000);
  const cases: readonly (readonly [Record<string, string>, RegExp])[] = [
    [
      { PORTCULLIS_STATE_PASSPHRASE_FILE: "/dev/zero" },
      /cannot read the passphrase file \/dev\/zero: it is a device, not a file/u,
    ],
    [
      { PORTCULLIS_STATE_PASSPHRASE_FILE: "huge" },
      /it has 8000000000 bytes, and at most 10000 are read/u,
    ],
    [
      { PORTCULLIS_STATE_PASSPHRASE_COMMAND: "cat /dev/zero" },
      /\(cat\) prints more than 10000 bytes/u,
    ],
  ];
  for (const [env, message] of cases) {
    const { code, stderr } = await bench.run(["apply", "--auto-approve"], { env });
    t.equal(code, 1);
    t.match(stderr, message);
    t.equal(existsSync(join(bench.cwd, LOCK)), false);
  }
});

t.test("a command that does not end is not waited for without end", async (t) => {
  for (const command of ["sleep 1000", `["sh", "-c", "trap '' TERM; while :; do sleep 1; done"]`]) {
    await t.rejects(
      passphraseFrom({ command, variable: "X", cwd: t.testdir({}), env: process.env }, 300),
      { code: "file-error", message: /^the command of X .* has not ended within 0\.3 s/u },
    );
  }
});
