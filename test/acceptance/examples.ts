import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { copyOfExample, EXAMPLE_NAMES } from "../helpers/example.js";
import type { AcceptanceCloud, StartCloud } from "./cloud.js";

/** What each example makes, and what a stranger does to it. */
interface Expectation {
  readonly groups: readonly string[];
  readonly keyPairs: readonly string[];
  readonly credentials: readonly string[];
  /** Files that only their owner may read. */
  readonly secrets: readonly string[];
}

const NOTHING: Expectation = { groups: [], keyPairs: [], credentials: [], secrets: [] };

const EXPECTATIONS: Readonly<Record<(typeof EXAMPLE_NAMES)[number], Expectation>> = {
  "01-first-key": { ...NOTHING, keyPairs: ["my-laptop-key"], secrets: ["my-laptop-key.pem"] },
  "02-web-server": { ...NOTHING, groups: ["web"] },
  "03-database-private": { ...NOTHING, groups: ["app", "database"] },
  "04-bastion": {
    ...NOTHING,
    groups: ["bastion", "internal"],
    keyPairs: ["bastion"],
    secrets: ["bastion.pem"],
  },
  "05-ci-credential": {
    ...NOTHING,
    credentials: ["ci-backup-job"],
    secrets: ["ci-clouds.yaml"],
  },
  "06-three-tier": {
    groups: ["edge", "app", "database", "cache-pages", "cache-sessions"].map(
      (it) => `staging-shop-${it}`,
    ),
    keyPairs: ["deploy", "ada", "grace"].map((it) => `staging-shop-${it}`),
    credentials: ["staging-shop-monitoring"],
    secrets: ["ada.pem", "grace.pem", "monitoring-openrc.sh", "monitoring.json"],
  },
  "07-adopt-default-group": { ...NOTHING, groups: ["default"] },
  "08-address-group": { ...NOTHING, groups: ["admin"] },
};

/** Every example: applies, plans empty, shows what a stranger did, mends it, destroys to nothing. */
export function exampleSuite(t: Test, start: StartCloud): void {
  for (const name of EXAMPLE_NAMES) {
    t.test(`${name} goes through its whole life`, async (t) => {
      const cloud = await start(t);
      await wholeLife(t, name, cloud);
    });
  }
}

async function wholeLife(
  t: Test,
  name: (typeof EXAMPLE_NAMES)[number],
  cloud: AcceptanceCloud,
): Promise<void> {
  const cwd = copyOfExample(t, name);
  const expected = EXPECTATIONS[name];
  const run = (...argv: readonly string[]) =>
    runCli([...argv, ...cloud.options], { cwd, env: cloud.env });
  const succeeds = async (...argv: readonly string[]) => {
    const ended = await run(...argv);
    t.equal(ended.code, 0, `${argv.join(" ")}: ${ended.stderr}`);
    return ended;
  };

  t.equal((await run("plan", "--detailed-exitcode")).code, 2, "there is something to do");
  await succeeds("apply", "--auto-approve");
  t.match((await succeeds("plan", "--detailed-exitcode")).stdout, /No changes/);
  await succeeds("drift");
  await matches(t, cloud, expected);
  for (const secret of expected.secrets) {
    t.equal(statSync(join(cwd, secret)).mode & 0o777, 0o600, `${secret} is its owner's alone`);
  }

  await tamper(cloud, expected);
  const drift = await run("drift");
  t.equal(drift.code, 3, `drift: ${drift.stdout}${drift.stderr}`);
  t.match(drift.stdout, /\.yaml:\d+/u, "drift names the line that it offends");
  await succeeds("apply", "--auto-approve");
  await succeeds("drift");
  t.match((await succeeds("plan", "--detailed-exitcode")).stdout, /No changes/);

  await succeeds("destroy", "--auto-approve");
  t.equal((await succeedsWithoutCloud(t, cwd, "state", "list")).trim(), "");
  await gone(t, cloud, expected);
  t.notOk(existsSync(join(cwd, "portcullis.state.json.journal")), "no journal is left");
  t.notOk(existsSync(join(cwd, "portcullis.state.json.lock")), "no lock is left");
}

async function succeedsWithoutCloud(
  t: Test,
  cwd: string,
  ...argv: readonly string[]
): Promise<string> {
  const ended = await runCli(argv, { cwd });
  t.equal(ended.code, 0, ended.stderr);
  return ended.stdout;
}

/** A rule from anywhere in a group; without groups, the first thing is deleted. */
async function tamper({ hand }: AcceptanceCloud, expected: Expectation): Promise<void> {
  const [group] = expected.groups;
  const [keyPair] = expected.keyPairs;
  const [credential] = expected.credentials;
  if (group !== undefined) {
    const [found] = await hand.groups(group);
    await hand.addRule(found?.id ?? "", 3389);
  } else if (keyPair !== undefined) await hand.deleteKeyPair(keyPair);
  else if (credential !== undefined) await hand.deleteCredential(credential);
}

async function matches(t: Test, { hand }: AcceptanceCloud, expected: Expectation): Promise<void> {
  for (const group of expected.groups) t.equal((await hand.groups(group)).length, 1, group);
  const keyPairs = await hand.keyPairs();
  for (const key of expected.keyPairs) t.ok(keyPairs.includes(key), key);
  const credentials = await hand.credentials();
  for (const credential of expected.credentials) t.ok(credentials.includes(credential), credential);
}

async function gone(t: Test, { hand }: AcceptanceCloud, expected: Expectation): Promise<void> {
  for (const group of expected.groups) {
    const left = group === "default" ? 1 : 0;
    t.equal((await hand.groups(group)).length, left, `${group} is gone unless it is the default`);
  }
  const keyPairs = await hand.keyPairs();
  for (const key of expected.keyPairs) t.notOk(keyPairs.includes(key), `${key} is gone`);
  const credentials = await hand.credentials();
  for (const credential of expected.credentials) {
    t.notOk(credentials.includes(credential), `${credential} is gone`);
  }
}
