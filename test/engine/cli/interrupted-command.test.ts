import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sshpk from "sshpk";
import t, { type Test } from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";
import { startSandboxCloud } from "../../helpers/sandbox-cloud.js";
import { noTerminal, startOnTerminal } from "../../helpers/terminal-process.js";

const CTRL_C = "\u0003";
const PLAN = ["plan", "--detailed-exitcode", "--cloud", "sandbox"];
const APPLY = ["apply", "--auto-approve", "--cloud", "sandbox"];

/** Holds the pipe `alive` open while it runs, says so there, and takes the key once `go` has a line. */
const HELD = "exec 3> alive; echo begun >&3; read line < go; cat > taken.pem";

/** An apply on a terminal, in the midst of the command that it gives a private key. */
async function delivering(t: Test, script: string) {
  const cloud = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  execFileSync("mkfifo", ["alive", "go"], { cwd });
  writeFileSync(join(cwd, "take.sh"), script);
  const yaml = "resources: { key_pair: { ada: { private_key_command: [sh, take.sh] } } }\n";
  writeFileSync(join(cwd, "main.yaml"), yaml);
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  // Ends when nobody has the other end any more: then the command is over.
  const over = alive(join(cwd, "alive"), begun);
  const run = startOnTerminal(APPLY, { cwd, env: cloud.env });
  t.teardown(() => run.terminal.kill("SIGKILL"));
  await Promise.race([hasBegun, run.ended]);
  return { cwd, env: cloud.env, run, over };
}

async function alive(path: string, onText: () => void): Promise<void> {
  for await (const _ of createReadStream(path)) onText();
}

const keyType = (path: string) => sshpk.parsePrivateKey(readFileSync(path), "pem").type;

t.test("Ctrl-C lets a command that has a secret end", { skip: noTerminal }, async (t) => {
  const { cwd, env, run, over } = await delivering(t, HELD);
  run.type(CTRL_C);
  await run.shown("finishing what is under way");
  await writeFile(join(cwd, "go"), "\n");
  t.equal(await run.ended, 130);
  t.match(run.text(), "Applied: 1 created");
  await over;
  t.equal(keyType(join(cwd, "taken.pem")), "ed25519");
  const { code, stdout } = await runCli(PLAN, { cwd, env });
  t.equal(code, 0, stdout);
});

t.test(
  "a second Ctrl-C stops the command as well, and the next apply runs it again",
  { skip: noTerminal },
  async (t) => {
    const { cwd, env, run, over } = await delivering(t, `sh -c '${HELD}'; true`);
    run.type(CTRL_C);
    await run.shown("finishing what is under way");
    run.type(CTRL_C);
    t.equal(await run.ended, 130);
    await over;
    t.equal(existsSync(join(cwd, "taken.pem")), false);
    writeFileSync(join(cwd, "take.sh"), "cat > taken.pem");
    const again = await runCli(APPLY, { cwd, env });
    t.equal(again.code, 0, again.stderr);
    t.equal(keyType(join(cwd, "taken.pem")), "ed25519");
  },
);
