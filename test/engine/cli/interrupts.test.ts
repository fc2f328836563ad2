import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../../helpers/cli.js";
import { startCli } from "../../helpers/cli-process.js";
import { temporaryFolder } from "../../helpers/example.js";
import { startSandboxCloud } from "../../helpers/sandbox-cloud.js";

const NAMES = Array.from({ length: 6 }, (_, index) => `g${index}`);
const yaml = `resources:\n  security_group:\n    many: { for_each: [${NAMES.join(", ")}], name: "\${each.key}" }\n`;

/** A run that is stopped in its third creation, which the cloud answers when `answer` is called. */
async function stoppedRun(t: Test) {
  let creations = 0;
  let reached = () => {};
  let answer = () => {};
  const third = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const cloud = await startSandboxCloud(t, {
    onRequest: async ({ method, path }) => {
      if (method !== "POST" || !path.endsWith("/security-groups")) return;
      creations += 1;
      if (creations !== 3) return;
      reached();
      await answered;
    },
  });
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const argv = ["--auto-approve", "--cloud", "sandbox"];
  const run = startCli(["apply", "--parallelism", "1", ...argv], { cwd, env: cloud.env });
  t.teardown(() => {
    answer();
    run.child.kill("SIGKILL");
  });
  await third;
  const converges = async () => {
    const again = await runCli(["apply", ...argv], { cwd, env: cloud.env });
    t.equal(again.code, 0, again.stderr);
    for (const name of NAMES) t.equal((await cloud.hand.groups(name)).length, 1, `one ${name}`);
    const plan = await runCli(["plan", "--detailed-exitcode", "--cloud", "sandbox"], {
      cwd,
      env: cloud.env,
    });
    t.equal(plan.code, 0, plan.stdout);
  };
  return { run, answer, converges, creations: () => creations };
}

/** Resolves once the run has printed it. */
async function printed(run: ReturnType<typeof startCli>, words: string): Promise<void> {
  while (!run.printed().includes(words)) {
    await new Promise((resolve) => run.child.stderr?.once("data", resolve));
  }
}

for (const [signal, exit] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  t.test(
    `${signal} lets what runs be finished, starts nothing new and exits with ${exit}`,
    async (t) => {
      const { run, answer, converges, creations } = await stoppedRun(t);
      run.child.kill(signal);
      await printed(run, "finishing what is under way");
      answer();
      t.strictSame(await run.ended, { code: exit, signal: null });
      t.equal(creations(), 3);
      t.match(run.printed(), "3 created, 3 not started");
      t.match(run.printed(), /not started: .*many\["?g3/u);
      t.match(run.printed(), "Apply again to do the rest");
      await converges();
    },
  );
}

t.test("a second signal ends the run at once, and the next one converges", async (t) => {
  const { run, answer, converges } = await stoppedRun(t);
  run.child.kill("SIGINT");
  await printed(run, "finishing what is under way");
  run.child.kill("SIGINT");
  t.strictSame(await run.ended, { code: 130, signal: null });
  answer();
  await converges();
});

t.test("a reader that goes away stops nothing and is no failure", async (t) => {
  const cloud = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const run = startCli(["apply", "--auto-approve", "--cloud", "sandbox"], { cwd, env: cloud.env });
  run.child.stdout?.destroy();
  t.strictSame(await run.ended, { code: 0, signal: null });
  t.equal(run.printed(), "", "no stack on standard error");
  const plan = await runCli(["plan", "--detailed-exitcode", "--cloud", "sandbox"], {
    cwd,
    env: cloud.env,
  });
  t.equal(plan.code, 0, plan.stdout);
});
