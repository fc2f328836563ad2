import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import t, { type Test } from "tap";
import { systemCommands } from "../../../engine/cli/system-commands.js";

const SECRET = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----\n";

const commandsIn = (t: Test, timeLimit?: number) => {
  const folder = t.testdir({});
  const env = { PATH: process.env.PATH, MARK: "from the environment" };
  return { folder, commands: systemCommands({ folder, env }, timeLimit) };
};
const node = (code: string, ...args: readonly string[]) => [process.execPath, "-e", code, ...args];

t.test("a command gets the secret on standard input, and nowhere else", async (t) => {
  const { folder, commands } = commandsIn(t);
  const code = `const { readFileSync, writeFileSync } = require("node:fs");
    const { argv, env } = process;
    writeFileSync("seen.json", JSON.stringify({ argv, env, input: readFileSync(0, "utf8") }));`;
  await commands.feed(node(code, "$HOME; touch x", "-"), SECRET);
  const { argv, env, input } = JSON.parse(readFileSync(join(folder, "seen.json"), "utf8"));
  t.equal(input, SECRET);
  t.strictSame(argv.slice(1), ["$HOME; touch x", "-"], "no shell reads the arguments");
  t.equal(env.MARK, "from the environment");
  t.notMatch(JSON.stringify([argv, env]), "MIIE");
});

const FAILURES: Readonly<Record<string, readonly [code: string, message: RegExp]>> = {
  "ends with another code": ["process.exit(3)", /ended with 3$/u],
  "kills itself": ["process.kill(process.pid, 'SIGKILL')", /was ended by SIGKILL$/u],
};

for (const [what, [code, message]] of Object.entries(FAILURES))
  t.test(`a command that ${what} has not taken the secret`, async (t) => {
    const { commands } = commandsIn(t);
    await t.rejects(commands.feed(node(code), SECRET), {
      code: "command-failed",
      message,
      help: /apply again/u,
    });
  });

t.test("a command that is not there is told", async (t) => {
  const { commands } = commandsIn(t);
  await t.rejects(commands.feed(["no-such-program"], SECRET), {
    code: "command-failed",
    message: "no-such-program cannot be started (ENOENT)",
  });
});

for (const [how, script] of [
  ["as it is", "cat >&2; exit 1"],
  ["in base64", "base64 >&2; exit 1"],
  ["in hexadecimal", "od -A n -t x1 >&2; exit 1"],
  ["in short lines", "fold -w 6 >&2; exit 1"],
  ["before it has read it", "echo no such path >&2; exit 1"],
] as const)
  t.test(`what a command prints ${how} is told to nobody`, async (t) => {
    const { commands } = commandsIn(t);
    await t.rejects(commands.feed(["sh", "-c", script], SECRET), {
      message: "sh ended with 1",
      help: /^Nothing that sh prints is shown, .*by hand with something harmless/u,
    });
  });

t.test("a command that does not end is stopped", async (t) => {
  const { commands } = commandsIn(t, 300);
  await t.rejects(commands.feed(node("setInterval(() => {}, 1000)"), SECRET), {
    code: "command-failed",
    message: /has not ended within 0.3 s, and was stopped/u,
  });
});

t.test("a command that does not end is stopped with all that it has started", async (t) => {
  const { folder, commands } = commandsIn(t, 300);
  const pipe = join(folder, "alive");
  execFileSync("mkfifo", [pipe]);
  // The pipe ends once nobody has its other end.
  const over = readFile(pipe);
  const script = "(while true; do sleep 5; done) > alive & wait";
  await t.rejects(commands.feed(["sh", "-c", script], SECRET), { message: /was stopped$/u });
  await over;
});

t.test(
  "a command that reads nothing, and a secret larger than a pipe, are no trouble",
  async (t) => {
    const { commands } = commandsIn(t);
    await commands.feed(node("0"), "x".repeat(1_000_000));
  },
);
