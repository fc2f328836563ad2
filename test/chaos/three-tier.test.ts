import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { stringify } from "yaml";
import { isObject } from "../../engine/model/value.js";
import { faultOf, TIMEOUT_SECONDS } from "../helpers/chaos-fault.js";
import { startChaosProxy } from "../helpers/chaos-proxy.js";
import { ChaosTally } from "../helpers/chaos-tally.js";
import { runCli } from "../helpers/cli.js";
import { copyOfExample, temporaryFolder } from "../helpers/example.js";
import { rateLimit } from "../helpers/rate-limit.js";
import { rawSession } from "../helpers/raw-client.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

/** How many seeds; PORTCULLIS_CHAOS_RUNS asks for more, PORTCULLIS_CHAOS_FIRST for others. */
const RUNS = Number(process.env.PORTCULLIS_CHAOS_RUNS ?? 8);
/** How many of them at once: what waits needs no processor. */
const AT_ONCE = 16;
const FIRST = Number(process.env.PORTCULLIS_CHAOS_FIRST ?? 1);
/** One seed of so many meets a limit of the rate too: so many requests in so many milliseconds. */
const [LIMITED, MOST, WINDOW] = [5, 10, 400];
/** No command needs more attempts than this; most need one or two. */
const PATIENCE = 12;
const KEYS = ["ada", "deploy", "grace"];
const GROUPS = ["edge", "app", "database", "cache-pages", "cache-sessions"];

/** The three-tier example on a cloud that is reached through a bad network, and without it. */
async function start(t: Test, seed: number) {
  const cloud = await startSandboxCloud(t);
  const target = new URL(cloud.sandbox.authUrl).origin;
  const isWithin = seed % LIMITED === 0 ? rateLimit(MOST, WINDOW) : () => true;
  const proxy = await startChaosProxy(t, target, (meaning, attempt) =>
    isWithin() ? faultOf(seed, meaning, attempt) : { kind: "rate" },
  );
  const bad = join(temporaryFolder(t), "clouds.yaml");
  const entries = Object.entries(cloud.sandbox.clouds).map(([name, entry]) => [
    name,
    { ...(isObject(entry) && entry), api_timeout: TIMEOUT_SECONDS },
  ]);
  const text = stringify({ clouds: Object.fromEntries(entries) });
  writeFileSync(bad, text.replaceAll(target, proxy.origin));
  const cwd = copyOfExample(t, "06-three-tier");
  const run = (env: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
    runCli([...argv, ...cloud.options], { cwd, env, hurried: true });
  const insist = async (...argv: readonly string[]): Promise<number> => {
    for (let tries = 1; tries <= PATIENCE; tries++) {
      const ended = await run({ OS_CLIENT_CONFIG_FILE: bad }, ...argv);
      await proxy.land();
      if (ended.code === 0) return tries;
      t.match(ended.stderr + ended.stdout, /\S/u, "it says why it failed");
      t.notMatch(ended.stderr, /This is a bug/u, "in plain words");
    }
    t.fail(`${argv.join(" ")} did not succeed in ${PATIENCE} tries`);
    return PATIENCE;
  };
  return {
    cloud,
    proxy,
    cwd,
    insist,
    calm: (...argv: readonly string[]) => run(cloud.env, ...argv),
  };
}

type Started = Awaited<ReturnType<typeof start>>;

/** One of each, nothing else, and nothing left to do. */
async function settled(t: Test, started: Started, environment: string): Promise<void> {
  const { cloud, calm, cwd } = started;
  const plan = await calm("plan", "--detailed-exitcode", "--var", `environment=${environment}`);
  t.equal(plan.code, 0, `nothing is left to do: ${plan.stdout}${plan.stderr}`);
  for (const group of GROUPS) {
    const found = await cloud.hand.groups(`${environment}-shop-${group}`);
    t.equal(found.length, 1, `one ${group}`);
  }
  const keys = KEYS.map((it) => `${environment}-shop-${it}`);
  t.strictSame([...(await cloud.hand.keyPairs())].sort(), keys, "the key pairs and no other");
  t.strictSame(await cloud.hand.credentials(), [`${environment}-shop-monitoring`]);
  await secretsWork(t, cwd, cloud.sandbox.authUrl);
}

async function secretsWork(t: Test, cwd: string, authUrl: string): Promise<void> {
  const state = readFileSync(join(cwd, "portcullis.state.json"), "utf8");
  for (const name of ["ada", "grace"]) {
    const key = execFileSync("ssh-keygen", ["-y", "-f", join(cwd, `${name}.pem`)], {
      encoding: "utf8",
    });
    t.ok(state.includes(key.split(" ")[1]?.trim() ?? "none"), `${name}.pem is its key`);
  }
  const { id, secret } = JSON.parse(readFileSync(join(cwd, "monitoring.json"), "utf8"));
  const response = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      auth: {
        identity: {
          methods: ["application_credential"],
          application_credential: { id, secret },
        },
      },
    }),
  });
  t.equal(response.status, 201, "the delivered secret logs in");
}

const tally = new ChaosTally();

/** Counts what the cloud holds of each kind, whatever it is called. */
async function survey({ cloud }: Started, environment?: string): Promise<void> {
  const { network, project, send } = await rawSession(
    cloud.env.OS_CLIENT_CONFIG_FILE ?? "",
    "sandbox",
  );
  const { security_groups: groups } = await send(
    "GET",
    `${network}/v2.0/security-groups?project_id=${project}`,
  );
  const names = (Array.isArray(groups) ? groups : []).map((it) => String(it.name));
  const wanted = (ends: readonly string[]) =>
    environment === undefined ? [] : ends.map((it) => `${environment}-shop-${it}`);
  tally.survey(names, ["default", ...wanted(GROUPS)]);
  tally.survey(await cloud.hand.keyPairs(), wanted(KEYS));
  tally.survey(await cloud.hand.credentials(), wanted(["monitoring"]));
}

async function endure(t: Test, seed: number): Promise<void> {
  const started = await start(t, seed);
  try {
    await live(t, started);
  } finally {
    tally.run(started.proxy.record);
  }
}

async function live(t: Test, started: Started): Promise<void> {
  const { cloud, insist } = started;
  for (const environment of ["staging", "production"]) {
    await insist("apply", "--auto-approve", "--var", `environment=${environment}`);
    await survey(started, environment);
    await settled(t, started, environment);
  }
  for (const group of GROUPS) {
    t.equal((await cloud.hand.groups(`staging-shop-${group}`)).length, 0, `no old ${group}`);
  }
  await insist("destroy", "--auto-approve");
  await survey(started);
  for (const group of GROUPS) {
    t.equal((await cloud.hand.groups(`production-shop-${group}`)).length, 0, `no ${group} left`);
  }
  t.strictSame(await cloud.hand.keyPairs(), [], "no key pair left");
  t.strictSame(await cloud.hand.credentials(), [], "no credential left");
}

t.test("a bad network costs time, and nothing else", async (t) => {
  t.jobs = AT_ONCE;
  const seeds = Array.from({ length: RUNS }, (_, index) => FIRST + index);
  await Promise.all(
    seeds.map((seed) => t.test(`seed ${seed}`, { buffered: true }, (t) => endure(t, seed))),
  );
  t.match(tally.text, /, duplicates 0, orphans 0$/u);
});

t.test("the same seed does the same to the same requests, however many at once", async (t) => {
  const record = async (parallelism: number) => {
    const { insist, proxy } = await start(t, 4711);
    const tries = await insist("apply", "--auto-approve", "--parallelism", String(parallelism));
    return { tries, requests: proxy.record.toSorted() };
  };
  const [alone, again, ten] = await Promise.all([record(1), record(1), record(10)]);
  t.strictSame(again, alone);
  t.strictSame(ten, alone);
  const faults = alone.requests.filter((it) => !it.endsWith(": none")).length;
  t.ok(faults * 4 > alone.requests.length, `${faults} of ${alone.requests.length} were hampered`);
  t.comment(
    `seed 4711, three times: the same ${alone.requests.length} requests with the same ${faults} faults, in any order`,
  );
  t.comment(tally.text);
});
