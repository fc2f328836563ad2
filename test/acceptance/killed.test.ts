import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { startCli } from "../helpers/cli-process.js";
import { copyOfExample } from "../helpers/example.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

const EXAMPLE = "06-three-tier";

/** Where a run is killed: at its nth write, before the cloud sees it or before it hears the answer. */
interface Point {
  readonly at: number;
  readonly moment: "before" | "after";
  readonly parallelism: number;
}

const isWrite = ({ method, path }: { method: string; path: string }) =>
  method !== "GET" && !path.endsWith("/auth/tokens");

/** Writes of an apply that nothing interrupts. */
async function countWrites(t: Test): Promise<number> {
  let writes = 0;
  const cloud = await startSandboxCloud(t, {
    onRequest: (request) => {
      if (isWrite(request)) writes += 1;
    },
  });
  const cwd = copyOfExample(t, EXAMPLE);
  const argv = ["apply", "--auto-approve", ...cloud.options];
  t.equal((await runCli(argv, { cwd, env: cloud.env })).code, 0);
  return writes;
}

async function killAt(t: Test, { at, moment, parallelism }: Point): Promise<void> {
  let writes = 0;
  let kill = async () => {};
  const cloud = await startSandboxCloud(t, {
    onRequest: async (request) => {
      if (!isWrite(request)) return;
      writes += 1;
      if (moment === "before" && writes === at) await kill();
    },
    onResponse: async (request) => {
      if (moment === "after" && isWrite(request) && writes === at) await kill();
    },
  });
  const cwd = copyOfExample(t, EXAMPLE);
  const argv = ["apply", "--auto-approve", ...cloud.options];
  const victim = startCli([...argv, "--parallelism", String(parallelism)], { cwd, env: cloud.env });
  kill = async () => {
    kill = async () => {};
    victim.child.kill("SIGKILL");
    await victim.ended;
    throw new Error("nobody is there to be answered");
  };
  t.equal((await victim.ended).signal, "SIGKILL", victim.printed());

  const again = await runCli(argv, { cwd, env: cloud.env });
  t.equal(again.code, 0, `the next apply converges: ${again.stdout}${again.stderr}`);
  const plan = await runCli(["plan", "--detailed-exitcode", ...cloud.options], {
    cwd,
    env: cloud.env,
  });
  t.equal(plan.code, 0, `and leaves nothing to do: ${plan.stdout}${plan.stderr}`);
  for (const group of ["edge", "app", "database", "cache-pages", "cache-sessions"]) {
    t.equal((await cloud.hand.groups(`staging-shop-${group}`)).length, 1, `one ${group}`);
  }
  const keys = ["deploy", "ada", "grace"].map((it) => `staging-shop-${it}`).sort();
  t.strictSame([...(await cloud.hand.keyPairs())].sort(), keys, "no orphan among the key pairs");
  t.strictSame(await cloud.hand.credentials(), ["staging-shop-monitoring"]);
  await secretsWork(t, cwd, cloud.sandbox.authUrl);
}

/** Each private key is the one that the state knows, and the credential's secret logs in. */
async function secretsWork(t: Test, cwd: string, authUrl: string): Promise<void> {
  const state = readFileSync(join(cwd, "portcullis.state.json"), "utf8");
  for (const name of ["ada", "grace"]) {
    const pem = join(cwd, `${name}.pem`);
    const publicKey = execFileSync("ssh-keygen", ["-y", "-f", pem], { encoding: "utf8" });
    t.ok(state.includes(publicKey.split(" ")[1]?.trim() ?? "none"), `${name}.pem is its key`);
  }
  const file = join(cwd, "monitoring.json");
  t.ok(existsSync(file), "the credential was delivered");
  const { id, secret }: { id: string; secret: string } = JSON.parse(readFileSync(file, "utf8"));
  const identity = {
    methods: ["application_credential"],
    application_credential: { id, secret },
  };
  const response = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ auth: { identity } }),
  });
  t.equal(response.status, 201, "its secret logs in");
}

t.test("a run killed at any write is mended by the next one", async (t) => {
  const writes = await countWrites(t);
  t.ok(writes > 15, `${writes} writes`);
  const each = Array.from({ length: writes }, (_, index) => index + 1);
  const sample = each.filter((at) => at % 6 === 2);
  const points = (at: number, parallelism: number): readonly Point[] => [
    { at, moment: "before", parallelism },
    { at, moment: "after", parallelism },
  ];
  for (const point of [
    ...each.flatMap((at) => points(at, 1)),
    ...sample.flatMap((at) => points(at, 10)),
  ]) {
    const { at, moment, parallelism } = point;
    await t.test(`killed ${moment} write ${at}, with ${parallelism} at once`, (t) =>
      killAt(t, point),
    );
  }
});
