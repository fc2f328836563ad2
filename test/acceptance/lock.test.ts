import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import { runCli } from "../helpers/cli.js";
import { type CliProcess, startCli } from "../helpers/cli-process.js";
import { temporaryFolder } from "../helpers/example.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

const PROCESSES = 20;

t.test(`of ${PROCESSES} processes that apply at once one works at a time`, async (t) => {
  const cwd = temporaryFolder(t);
  const path = join(cwd, "portcullis.state.json");
  writeFileSync(
    join(cwd, "main.yaml"),
    `variables: { by: { type: string, default: first } }
resources: { security_group: { web: { description: "\${var.by}" } } }
`,
  );
  /** Each change, whose it is, and the process that had the lock when it came. */
  const log: { readonly request: string; readonly pid: unknown; readonly by: unknown }[] = [];
  const cloud = await startSandboxCloud(t, {
    onRequest: ({ method, path: of, body }) => {
      // Who waits for the lock has logged in and listed already.
      if (method === "GET" || of.endsWith("/auth/tokens")) return;
      const lock: unknown = JSON.parse(readFileSync(`${path}.lock`, "utf8"));
      const group = isObject(body) && isObject(body.security_group) ? body.security_group : {};
      const pid = isObject(lock) ? lock.pid : undefined;
      log.push({ request: `${method} ${of}`, pid, by: group.description });
    },
  });
  const { env, options } = cloud;
  const argv = ["apply", "--auto-approve", ...options];
  t.equal((await runCli(argv, { cwd, env })).code, 0);
  log.length = 0;

  const names = Array.from({ length: PROCESSES }, (_, index) => `run-${index}`);
  const runs = names.map((name) =>
    startCli([...argv, "--lock-timeout", "10m", "--var", `by=${name}`], { cwd, env }),
  );
  for (const run of runs) {
    t.strictSame(await run.ended, { code: 0, signal: null }, run.printed());
    t.notMatch(run.printed(), "taken over");
  }

  t.equal(log.length, PROCESSES, "one change each");
  const owners = new Map(runs.map(({ child }, index) => [child.pid, names[index]]));
  for (const { request, pid, by } of log) t.equal(owners.get(Number(pid)), by, request);
  const written = log.map(({ by }) => by);
  t.strictSame(written.toSorted(), names.toSorted());

  const state: unknown = JSON.parse(readFileSync(path, "utf8"));
  t.match(state, {
    serial: 2 + PROCESSES,
    pending: [],
    instances: [{ attributes: { description: written.at(-1) } }],
  });
  t.strictSame(readdirSync(cwd).sort(), [
    "main.yaml",
    "portcullis.state.json",
    "portcullis.state.json.backup",
  ]);
  const last = ["plan", "--detailed-exitcode", ...options, "--var", `by=${written.at(-1)}`];
  t.equal((await runCli(last, { cwd, env })).code, 0);
});

/** A cloud that stops a run as soon as it has done the nth write of a kind, before it hears the answer. */
async function stoppingCloud(t: Test, isMeant: (write: Write) => boolean, nth: number) {
  let victim: CliProcess | undefined;
  let count = 0;
  let writes = 0;
  let stopped = () => {};
  const isStopped = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const cloud = await startSandboxCloud(t, {
    onRequest: ({ method, path }) => {
      if (method !== "GET" && !path.includes("/auth/")) writes += 1;
    },
    onResponse: (write) => {
      if (!victim || !isMeant(write)) return;
      count += 1;
      if (count !== nth) return;
      victim.child.kill("SIGSTOP");
      stopped();
    },
  });
  /** Starts a run with a short lease; resolves once it stands still. */
  const stop = async (argv: readonly string[], cwd: string) => {
    const run = startCli(argv, { cwd, env: { ...cloud.env, PORTCULLIS_LOCK_LEASE: "1" } });
    t.teardown(() => run.child.kill("SIGKILL"));
    victim = run;
    await isStopped;
    return run;
  };
  return { cloud, stop, count: () => count, writes: () => writes };
}

interface Write {
  readonly method: string;
  readonly path: string;
}

/** What a run that stood still and lost its lock may do when it wakes up: say so, and end. */
async function wakes(t: Test, run: CliProcess, cwd: string, writes: () => number): Promise<void> {
  const files = filesOf(cwd);
  const written = writes();
  run.child.kill("SIGCONT");
  t.strictSame(await run.ended, { code: 12, signal: null }, run.printed());
  t.match(run.printed(), "this run has lost the lock of the state, and writes nothing more");
  t.strictSame(filesOf(cwd), files, "it writes no file");
  t.equal(writes(), written, "and asks nothing more of the cloud");
}

const SILENT = "The lock of a run that gives no sign of life was taken over";

t.test(
  "a run that stood still longer than its lease writes nothing when it wakes up",
  async (t) => {
    const names = ["g0", "g1", "g2"];
    const isCreation = ({ method, path }: Write) =>
      method === "POST" && path.endsWith("/security-groups");
    const { cloud, stop, count, writes } = await stoppingCloud(t, isCreation, 2);
    const cwd = temporaryFolder(t);
    writeFileSync(
      join(cwd, "main.yaml"),
      `resources: { security_group: { many: { for_each: [${names.join(", ")}], name: "\${each.key}" } } }\n`,
    );
    const argv = ["apply", "--auto-approve", "--parallelism", "1", ...cloud.options];
    const run = await stop(argv, cwd);
    const taker = await runCli([...argv, "--lock-timeout", "5m"], { cwd, env: cloud.env });
    t.equal(taker.code, 0, taker.stderr);
    t.match(taker.stderr, SILENT);
    t.equal(count(), 3, "what the first had made was adopted");
    await wakes(t, run, cwd, writes);
    for (const name of names) t.equal((await cloud.hand.groups(name)).length, 1, `one ${name}`);
    const plan = ["plan", "--detailed-exitcode", ...cloud.options];
    t.equal((await runCli(plan, { cwd, env: cloud.env })).code, 0);
  },
);

t.test("a run whose lock was taken away sends nothing more of the change it is in", async (t) => {
  const isRuleWrite = ({ method, path }: Write) =>
    method !== "GET" && path.includes("/security-group-rules");
  const { cloud, stop, writes } = await stoppingCloud(t, isRuleWrite, 1);
  const { env } = cloud;
  const cwd = temporaryFolder(t);
  const declare = (ingress: string) =>
    writeFileSync(
      join(cwd, "main.yaml"),
      `resources: { security_group: { web: { rules: [{ ingress: ${ingress} }] } } }\n`,
    );
  const argv = ["apply", "--auto-approve", ...cloud.options];
  declare("ssh");
  t.equal((await runCli(argv, { cwd, env })).code, 0);
  declare("https");
  const run = await stop(argv, cwd);
  const { stderr } = await runCli(argv, { cwd, env });
  const [, id = ""] = /force-unlock ([\w-]+)/u.exec(stderr) ?? [];
  t.equal((await runCli(["force-unlock", id, "--force"], { cwd, env })).code, 0);
  await wakes(t, run, cwd, writes);
  t.equal((await runCli(argv, { cwd, env })).code, 0);
  const plan = ["plan", "--detailed-exitcode", ...cloud.options];
  t.equal((await runCli(plan, { cwd, env })).code, 0);
});

function filesOf(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);
}
