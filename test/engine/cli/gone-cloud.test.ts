import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { stringify } from "yaml";
import type { Fault } from "../../helpers/chaos-fault.js";
import { startChaosProxy } from "../../helpers/chaos-proxy.js";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";
import { startSandboxCloud } from "../../helpers/sandbox-cloud.js";

const CUT: Fault = { kind: "cut", reached: false };
const NAMES = Array.from({ length: 12 }, (_, index) => `g${index}`);
const APPLY = ["apply", "--auto-approve", "--cloud", "sandbox"];

/** Twelve groups for a cloud whose answers to each request are decided. */
async function bench(t: Test) {
  const cloud = await startSandboxCloud(t);
  const target = new URL(cloud.sandbox.authUrl).origin;
  let fault = (_meaning: string): Fault => ({ kind: "none" });
  const proxy = await startChaosProxy(t, target, (meaning) => fault(meaning));
  const cwd = temporaryFolder(t);
  const clouds = join(temporaryFolder(t), "clouds.yaml");
  writeFileSync(
    clouds,
    stringify({ clouds: cloud.sandbox.clouds }).replaceAll(target, proxy.origin),
  );
  const groups = Object.fromEntries(NAMES.map((name) => [name, {}]));
  writeFileSync(join(cwd, "main.yaml"), stringify({ resources: { security_group: groups } }));
  const env = { OS_CLIENT_CONFIG_FILE: clouds };
  const apply = (...more: readonly string[]) =>
    runCli([...APPLY, ...more], { cwd, env, hurried: true });
  return {
    apply,
    proxy,
    decide: (by: typeof fault) => {
      fault = by;
    },
  };
}

const isCreation = (meaning: string) => /^POST .*security-groups/u.test(meaning);

t.test("a cloud that is gone in the middle is not tried change by change", async (t) => {
  const { apply, proxy, decide } = await bench(t);
  let creations = 0;
  decide((meaning) => {
    if (isCreation(meaning)) creations += 1;
    return creations > 2 ? CUT : { kind: "none" };
  });
  const gone = await apply("--parallelism", "2");
  t.equal(gone.code, 13, gone.stderr);
  t.match(gone.stdout, /Applied in part: .*2 created, 2 failed, 8 not tried/u);
  t.equal(gone.stdout.match(/error\[unreachable\]/gu)?.length, 1, gone.stdout);
  t.match(gone.stdout, /= 2 failed so: security_group\.g\d+, security_group\.g\d+/u);
  t.match(gone.stdout, /not tried: security_group\.g/u);
  t.match(gone.stdout, "What was done is recorded. Apply again when it can.");
  t.ok(proxy.record.length < 60, `${proxy.record.length} requests`);
  decide(() => ({ kind: "none" }));
  const again = await apply();
  t.equal(again.code, 0, again.stdout);
});

t.test("where nothing was done, nothing is said of what was", async (t) => {
  const { apply, decide } = await bench(t);
  let isGone = false;
  decide((meaning) => {
    isGone ||= isCreation(meaning);
    return isGone ? CUT : { kind: "none" };
  });
  const gone = await apply("--parallelism", "1");
  t.equal(gone.code, 1, gone.stderr);
  t.match(gone.stdout, /Failed: nothing done, 1 failed, 11 not tried/u);
  t.notMatch(gone.stdout, "What was done is recorded");
});

const ALIVE: Readonly<Record<string, (meaning: string) => Fault>> = {
  "cuts what creates and answers the rest": (meaning) =>
    isCreation(meaning) ? CUT : { kind: "none" },
  "cuts what creates and refuses the rest": (meaning) =>
    isCreation(meaning) ? CUT : { kind: "refusal", status: 503, reached: false },
};

for (const [words, fault] of Object.entries(ALIVE)) {
  t.test(`a cloud that ${words} is not taken for a dead one`, async (t) => {
    const { apply, decide } = await bench(t);
    let isBegun = false;
    decide((meaning) => {
      isBegun ||= isCreation(meaning);
      return isBegun ? fault(meaning) : { kind: "none" };
    });
    const { code, stdout } = await apply("--parallelism", "3");
    t.equal(code, 1, stdout);
    t.match(stdout, /Failed: nothing done, 12 failed in/u);
  });
}
