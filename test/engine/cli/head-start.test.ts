import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { parse, stringify } from "yaml";
import { runCli } from "../../helpers/cli.js";
import { startCli } from "../../helpers/cli-process.js";
import { temporaryFolder } from "../../helpers/example.js";
import { startSandboxCloud } from "../../helpers/sandbox-cloud.js";
import { noTerminal, startOnTerminal } from "../../helpers/terminal-process.js";

const SOUND = "resources:\n  security_group:\n    web: { rules: [{ ingress: ssh }] }\n";
const MISTAKEN = SOUND.replace("ingress", "ingres");
const PLAN = ["plan", "--cloud", "sandbox"];

/** A folder with a configuration and a cloud; of each of its requests is told, and it waits for the answer. */
async function cloudWith(t: Test, yaml: string, onRequest: (path: string) => Promise<void>) {
  let isWatching = false;
  const cloud = await startSandboxCloud(t, {
    onRequest: async ({ path }) => {
      if (isWatching) await onRequest(path);
    },
  });
  isWatching = true;
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  return { cwd, env: cloud.env };
}

t.test(
  "mistakes are told at once, though a cloud that was asked already does not answer",
  async (t) => {
    const asked: string[] = [];
    let answer = () => {};
    const never = new Promise<void>((resolve) => {
      answer = resolve;
    });
    t.teardown(() => answer());
    const place = await cloudWith(t, MISTAKEN, async (path) => {
      asked.push(path);
      await never;
    });
    const run = startCli(PLAN, place);
    t.strictSame(await run.ended, { code: 1, signal: null });
    t.match(run.printed(), 'did you mean "ingress"?');
    t.strictSame(asked, ["/identity/v3/auth/tokens"], "the log-in was on its way");
  },
);

t.test("what is begun early is asked for once, the lists after the log-in", async (t) => {
  const asked: string[] = [];
  const place = await cloudWith(t, SOUND, async (path) => {
    asked.push(path.replace(/\?.*/u, ""));
  });
  const begun = ["/identity/v3/auth/tokens", "/networking/v2.0/security-groups"];
  const drift = await runCli(["drift", "--cloud", "sandbox"], place);
  t.equal(drift.code, 0, drift.stderr);
  t.strictSame(asked.splice(0), begun);
  const plan = await runCli(PLAN, place);
  t.equal(plan.code, 0, plan.stderr);
  t.strictSame(asked.slice(0, 2), begun);
  t.match(asked.slice(2), [/\/quotas\//u], "then what only the plan tells");
});

t.test("a log-in that is refused is tried once", async (t) => {
  const asked: string[] = [];
  const place = await cloudWith(t, SOUND, async (path) => {
    asked.push(path);
  });
  const file = place.env.OS_CLIENT_CONFIG_FILE ?? "";
  writeFileSync(file, readFileSync(file, "utf8").replace(/password: .*/u, "password: wrong"));
  const { code, stderr } = await runCli(PLAN, place);
  t.equal(code, 15, stderr);
  t.equal(asked.length, 1);
});

t.test("expressions in the provider block are evaluated before anything is asked", async (t) => {
  const asked: string[] = [];
  const declared = `provider: { openstack: { cloud: "\${var.cloud}" } }\nvariables: { cloud: {} }\n`;
  const place = await cloudWith(t, declared + SOUND, async (path) => {
    asked.push(path);
  });
  const refused = await runCli(["plan"], place);
  t.equal(refused.code, 1, refused.stdout);
  t.strictSame(asked, []);
  const planned = await runCli(["plan", "--var", "cloud=sandbox"], place);
  t.equal(planned.code, 0, planned.stderr);
});

t.test("the user is asked nothing while mistakes may be found", { skip: noTerminal }, async (t) => {
  for (const [yaml, isAsked] of [
    [MISTAKEN, false],
    [SOUND, true],
  ] as const) {
    const place = await cloudWith(t, yaml, async () => {});
    const file = place.env.OS_CLIENT_CONFIG_FILE ?? "";
    const { clouds } = parse(readFileSync(file, "utf8"));
    const { password: _, ...auth } = clouds.sandbox.auth;
    clouds.sandbox = { ...clouds.sandbox, auth_type: "v3totp", auth };
    writeFileSync(file, stringify({ clouds }));
    const run = startOnTerminal(PLAN, place);
    if (isAsked) {
      await run.shown("Passcode for");
      run.type("000000\n");
    }
    t.equal(await run.ended, isAsked ? 15 : 1, run.text());
    t.equal(run.text().includes("Passcode for"), isAsked);
  }
});
