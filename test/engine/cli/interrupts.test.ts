import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import t, { type Test } from "tap";
import { fileStateStore } from "../../../state/file-store.js";
import { runCli } from "../../helpers/cli.js";
import { BIN, type CliProcess, startCli } from "../../helpers/cli-process.js";
import { temporaryFolder } from "../../helpers/example.js";
import { type SandboxCloud, startSandboxCloud } from "../../helpers/sandbox-cloud.js";
import {
  noTerminal,
  startOnTerminal,
  type TerminalProcess,
} from "../../helpers/terminal-process.js";

const NAMES = Array.from({ length: 6 }, (_, index) => `g${index}`);
const yaml = `resources:\n  security_group:\n    many: { for_each: [${NAMES.join(", ")}], name: "\${each.key}" }\n`;
const APPLY = ["apply", "--auto-approve", "--cloud", "sandbox", "--parallelism", "1"];

const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

/** A request, and how many of its kind came. */
interface Arrival {
  readonly method: string;
  readonly path: string;
}

const isCreation = ({ method, path }: Arrival) =>
  method === "POST" && path.endsWith("/security-groups");
const isRefresh = ({ method, path }: Arrival) =>
  method === "GET" && path.includes("/security-groups");
const isLogIn = ({ method, path }: Arrival) => method === "POST" && path.endsWith("/auth/tokens");

/** A folder with a cloud that keeps the nth request of a kind waiting until `answer` is called. */
async function heldCloud(t: Test, isMeant: (request: Arrival) => boolean, nth: number) {
  let count = 0;
  let reached = () => {};
  let answer = () => {};
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let isWatching = false;
  const cloud = await startSandboxCloud(t, {
    onRequest: async (request) => {
      if (!isWatching || !isMeant(request)) return;
      count += 1;
      if (count !== nth) return;
      reached();
      await answered;
    },
  });
  isWatching = true;
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  t.teardown(() => answer());
  return { cloud, cwd, env: cloud.env, arrived, answer, count: () => count };
}

type HeldCloud = Awaited<ReturnType<typeof heldCloud>>;

/** A run that is stopped in its third creation. */
async function stoppedRun(t: Test) {
  const held = await heldCloud(t, isCreation, 3);
  const run = startCli(APPLY, held);
  t.teardown(() => run.child.kill("SIGKILL"));
  await held.arrived;
  return { ...held, run };
}

/** The next apply makes the rest, and nothing twice. */
async function converges(t: Test, { cloud, cwd }: { cloud: SandboxCloud; cwd: string }) {
  const again = await runCli(APPLY, { cwd, env: cloud.env });
  t.equal(again.code, 0, again.stderr);
  for (const name of NAMES) t.equal((await cloud.hand.groups(name)).length, 1, `one ${name}`);
  const plan = ["plan", "--detailed-exitcode", "--cloud", "sandbox"];
  const { code, stdout } = await runCli(plan, { cwd, env: cloud.env });
  t.equal(code, 0, stdout);
}

/** Resolves once the run has printed it. */
async function printed(run: CliProcess, words: string): Promise<void> {
  while (!run.printed().includes(words)) {
    await new Promise((resolve) => run.child.stderr?.once("data", resolve));
  }
}

const stateOf = (cwd: string): { readonly instances: readonly unknown[] } =>
  JSON.parse(readFileSync(join(cwd, "portcullis.state.json"), "utf8"));
const isLocked = (cwd: string) => existsSync(join(cwd, "portcullis.state.json.lock"));

for (const [signal, exit] of SIGNALS) {
  t.test(
    `${signal} lets what runs be finished, starts nothing new and exits with ${exit}`,
    async (t) => {
      const { run, answer, count, ...held } = await stoppedRun(t);
      run.child.kill(signal);
      await printed(run, "finishing what is under way");
      answer();
      t.strictSame(await run.ended, { code: exit, signal: null });
      t.equal(count(), 3);
      t.match(run.printed(), "3 created, 3 not started");
      t.match(run.printed(), /not started: .*many\["?g3/u);
      t.match(run.printed(), "Apply again to do the rest");
      t.equal(stateOf(held.cwd).instances.length, 3);
      t.equal(isLocked(held.cwd), false);
      await converges(t, held);
    },
  );
}

t.test("a signal while the lock is waited for leaves it to its owner", async (t) => {
  const { cwd, env, count } = await heldCloud(t, () => true, 0);
  const path = join(cwd, "portcullis.state.json");
  const owner = {
    run: "another",
    user: "ada",
    host: hostname(),
    pid: process.pid,
    command: "portcullis apply",
    since: "2026-11-23T12:00:00.000Z",
  };
  const lock = await fileStateStore({ path, host: hostname() }).lock(owner);
  const run = startCli([...APPLY, "--lock-timeout", "5m"], { cwd, env });
  await printed(run, "Waiting for the lock, 5m 00s left: ada on");
  run.child.kill("SIGHUP");
  t.strictSame(await run.ended, { code: 129, signal: null });
  t.match(run.printed(), "Interrupted; nothing was changed.");
  t.ok(count() <= 2, "nothing but a log-in and a list was asked of the cloud");
  for (const command of ["repair", "rotate-key"]) {
    const other = startCli(["state", command, "--lock-timeout", "5m"], { cwd, env });
    await printed(other, "Waiting for the lock");
    other.child.kill("SIGTERM");
    t.strictSame(await other.ended, { code: 143, signal: null }, command);
    t.match(other.printed(), "Interrupted; nothing was changed.");
  }
  t.strictSame(await fileStateStore({ path, host: hostname() }).holder(), owner);
  await lock.release();
});

for (const [signal, exit, moment, isMeant] of [
  ["SIGTERM", 143, "it logs in", isLogIn],
  ["SIGINT", 130, "it reads what there is", isRefresh],
] as const) {
  t.test(`a signal while ${moment} ends the run at once`, async (t) => {
    const held = await heldCloud(t, isMeant, 1);
    const run = startCli(APPLY, held);
    await held.arrived;
    run.child.kill(signal);
    t.strictSame(await run.ended, { code: exit, signal: null });
    t.match(run.printed(), "Interrupted; nothing was changed.");
    t.equal(isLocked(held.cwd), false);
    t.equal(existsSync(join(held.cwd, "portcullis.state.json")), false);
  });
}

t.test("a second signal ends the run at once, and the next one converges", async (t) => {
  const { run, answer, ...held } = await stoppedRun(t);
  run.child.kill("SIGINT");
  await printed(run, "finishing what is under way");
  run.child.kill("SIGINT");
  t.strictSame(await run.ended, { code: 130, signal: null });
  answer();
  await converges(t, held);
});

t.test("a terminal that says twice that it is gone is not impatient", async (t) => {
  const { run, answer, ...held } = await stoppedRun(t);
  run.child.kill("SIGHUP");
  await printed(run, "finishing what is under way");
  run.child.kill("SIGHUP");
  answer();
  t.strictSame(await run.ended, { code: 129, signal: null });
  t.equal(stateOf(held.cwd).instances.length, 3);
});

t.test("a signal while the state is written for the last time loses nothing", async (t) => {
  for (const delay of [0, 5]) {
    let interrupt = () => {};
    let creations = 0;
    const cloud = await startSandboxCloud(t, {
      onResponse: (request) => {
        if (!isCreation(request)) return;
        creations += 1;
        if (creations === NAMES.length) setTimeout(() => interrupt(), delay);
      },
    });
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), yaml);
    const run = startCli(APPLY, { cwd, env: cloud.env });
    interrupt = () => run.child.kill("SIGINT");
    const { code } = await run.ended;
    t.ok(code === 130 || code === 0, `${delay} ms after the last answer: ${code}`);
    t.match(run.printed(), "Applied: 6 created");
    t.equal(stateOf(cwd).instances.length, NAMES.length);
    t.equal(isLocked(cwd), false);
    await converges(t, { cloud, cwd });
  }
});

t.test("readers that go away stop nothing and are no failure", async (t) => {
  for (const gone of ["stdout", "stderr"] as const) {
    const cloud = await startSandboxCloud(t);
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), yaml);
    const run = startCli(APPLY, { cwd, env: cloud.env });
    run.child[gone]?.destroy();
    t.strictSame(await run.ended, { code: 0, signal: null });
    t.notMatch(run.printed(), /EPIPE|at .*:\d+:\d+/u, "no stack");
    await converges(t, { cloud, cwd });
  }
});

/** Runs the built program in a line of a shell: `portcullis` stands for it. */
async function inShell(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  const define = `portcullis() { '${process.execPath}' '${BIN}' "$@"; }`;
  const shell = spawn("sh", ["-c", `${define}\n${script}`], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  return { stdout, stderr };
}

t.test("in a pipe that is cut short nothing is said of it, and the work is done", async (t) => {
  const cloud = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const plan = await inShell("portcullis plan --cloud sandbox | head -n 1", cwd, cloud.env);
  t.match(plan.stdout, /^cloud sandbox .*\n$/u);
  t.equal(plan.stderr, "");
  const line = "portcullis apply --auto-approve --cloud sandbox | true";
  t.strictSame(await inShell(line, cwd, cloud.env), { stdout: "", stderr: "" });
  t.equal(isLocked(cwd), false);
  await converges(t, { cloud, cwd });
});

const noFullDevice = existsSync("/dev/full") ? false : "no /dev/full here";

t.test(
  "what cannot be printed is an error, and the work is done",
  { skip: noFullDevice },
  async (t) => {
    const cloud = await startSandboxCloud(t);
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), yaml);
    const line = 'portcullis apply --auto-approve --cloud sandbox > /dev/full; echo "code $?"';
    const { stdout, stderr } = await inShell(line, cwd, cloud.env);
    t.equal(stdout, "code 1\n");
    t.match(stderr, /^error: cannot write to standard output: .*ENOSPC.*\n$/u);
    await converges(t, { cloud, cwd });
  },
);

t.test("an interruption is finished though nobody reads it", async (t) => {
  const { run, answer, ...held } = await stoppedRun(t);
  run.child.stdout?.destroy();
  run.child.stderr?.destroy();
  run.child.kill("SIGTERM");
  // A signal has arrived when a later one has been seen to do nothing.
  await new Promise((resolve) => setTimeout(resolve, 100));
  answer();
  t.strictSame(await run.ended, { code: 143, signal: null });
  t.equal(stateOf(held.cwd).instances.length, 3);
  t.equal(isLocked(held.cwd), false);
});

/** A run at the prompt, on a terminal. */
async function askedRun(held: HeldCloud): Promise<TerminalProcess> {
  const argv = ["apply", "--cloud", "sandbox", "--parallelism", "1"];
  const run = startOnTerminal(argv, held);
  await run.shown("Only yes is a yes");
  return run;
}

t.test("a signal at the prompt is no yes", { skip: noTerminal }, async (t) => {
  const held = await heldCloud(t, isCreation, 1);
  for (const [signal, exit] of SIGNALS.slice(1)) {
    const run = await askedRun(held);
    process.kill(run.pid(), signal);
    t.equal(await run.ended, exit);
    t.match(run.text(), "Interrupted; nothing was changed.");
    t.equal(isLocked(held.cwd), false);
  }
  t.equal(held.count(), 0);
});

t.test("a terminal that is closed at the prompt is no yes", { skip: noTerminal }, async (t) => {
  const held = await heldCloud(t, isCreation, 1);
  const run = await askedRun(held);
  run.terminal.kill("SIGKILL");
  await gone(run.pid());
  t.equal(isLocked(held.cwd), false);
  t.equal(held.count(), 0);
  held.answer();
  await converges(t, held);
});

t.test("a terminal that is closed ends an apply in good order", { skip: noTerminal }, async (t) => {
  const held = await heldCloud(t, isCreation, 3);
  const run = await askedRun(held);
  run.type("yes\r");
  await held.arrived;
  run.terminal.kill("SIGKILL");
  await run.ended;
  held.answer();
  await gone(run.pid());
  t.equal(held.count(), 3);
  t.equal(stateOf(held.cwd).instances.length, 3);
  t.equal(isLocked(held.cwd), false);
  await converges(t, held);
});

/** Resolves once no process has that number. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
