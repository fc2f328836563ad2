import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import type { SandboxOptions } from "../../providers/sandbox/server.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

/** A configuration on a cloud with these quotas, and the requests that it gets. */
async function limited(
  t: Test,
  quotas: SandboxOptions["quotas"],
  yaml: string,
  cuts: (path: string) => boolean = () => false,
  instead?: SandboxOptions["instead"],
) {
  const requests: string[] = [];
  const cloud = await startSandboxCloud(t, {
    ...(quotas && { quotas }),
    ...(instead && { instead }),
    onRequest: ({ method, path }) => {
      if (cuts(path)) throw new Error("cut");
      requests.push(`${method} ${path.replace(/[0-9a-f]{32}/gu, "ID").replace(/\?.*$/u, "")}`);
    },
  });
  const cwd = temporaryFolder(t);
  const declare = (text: string) => writeFileSync(join(cwd, "main.yaml"), text);
  declare(yaml);
  const run = async (...argv: readonly string[]) => {
    requests.length = 0;
    const ended = await runCli([...argv, ...cloud.options], { cwd, env: cloud.env, hurried: true });
    const said = `${ended.stdout}${ended.stderr}`.replaceAll(/\s+/gu, " ");
    return { code: ended.code, said, requests: [...requests] };
  };
  return { run, declare };
}

const groupQuota = "GET /networking/v2.0/quotas/ID/details.json";
const keyLimits = "GET /compute/v2.1/limits";
const isQuota = (request: string) => request === groupQuota || request === keyLimits;

const group = (rules: number, name = "quota") =>
  `    ${name}:\n      rules:\n${Array.from({ length: rules }, (_, index) => `        - { ingress: tcp/${index + 1}, from: 192.0.2.0/24 }\n`).join("")}`;
const groups = (...all: readonly string[]) => `resources:\n  security_group:\n${all.join("")}`;

/** The default group has four of the rules, and each new group is given two. */
const NINE_LEFT = { securityGroupRules: 13 };

t.test("a plan tells what the quotas leave no room for, and nothing is made", async (t) => {
  const { run } = await limited(t, NINE_LEFT, groups(group(8)));
  for (const command of [["plan"], ["plan", "--check-quota"], ["apply", "--auto-approve"]]) {
    const { code, said, requests } = await run(...command);
    t.equal(code, 1);
    t.match(said, "the plan needs 10 security group rules, and 9 of 13 are left");
    t.notMatch(said, "makes room", "it deletes nothing");
    t.equal(requests.filter(isQuota).length, 1);
    t.notOk(requests.some((it) => it.startsWith("POST /networking")));
  }
});

t.test("what just fits is planned and made", async (t) => {
  const { run, declare } = await limited(t, NINE_LEFT, groups(group(7)));
  t.equal((await run("plan", "--check-quota")).code, 0);
  t.equal((await run("apply", "--auto-approve")).code, 0);
  declare(groups(group(8)));
  const plan = await run("plan", "--check-quota");
  t.match(plan.said, "the plan needs 1 security group rules, and 0 of 13 are left");
});

t.test("one request for each service that something is made in", async (t) => {
  const keys = "  key_pair:\n    quota: { private_key_file: a.pem }\n";
  const { run } = await limited(t, {}, `${groups(group(2))}${keys}`);
  const plan = await run("plan");
  t.strictSame(plan.requests.filter(isQuota).sort(), [keyLimits, groupQuota]);
  const apply = await run("apply", "--auto-approve");
  t.strictSame(apply.requests.filter(isQuota).sort(), [keyLimits, groupQuota]);
  const after = await run("plan", "--check-quota");
  t.strictSame(after.requests.filter(isQuota), [], "nor does a plan with nothing to make");
});

t.test("key pairs are counted for the user", async (t) => {
  const keys = (count: number) =>
    `resources:\n  key_pair:\n    quota:\n      for_each: [${Array.from({ length: count }, (_, index) => `k${index}`).join(", ")}]\n      private_key_file: "\${each.key}.pem"\n`;
  const { run, declare } = await limited(t, { keyPairs: 3 }, keys(2));
  t.equal((await run("apply", "--auto-approve")).code, 0);
  declare(keys(4));
  const plan = await run("plan", "--check-quota");
  t.match(plan.said, "the plan needs 2 key pairs, and 1 of 3 are left");
});

t.test("a refusal for the quota is told with numbers, and the rest is not tried", async (t) => {
  const many = Array.from({ length: 9 }, (_, index) => group(3, `quota${index}`));
  // The plan is told nothing, as though others had used up the quota since.
  let asked = 0;
  const cuts = (path: string) => path.includes("/quotas/") && ++asked <= 5;
  const { run } = await limited(t, { securityGroupRules: 14 }, groups(...many), cuts);
  const apply = await run("apply", "--auto-approve", "--parallelism", "1");
  t.match(
    apply.said,
    /Quota exceeded.*; what is left of the plan needs \d+ security group rules, and \d of 14 are left/u,
  );
  t.match(apply.said, /not tried: it needs 5 security group rules, and \d of 14 are left/u);
  t.match(apply.said, "`portcullis plan` tells it beforehand");
  const refused = apply.requests.filter((it) => it.startsWith("POST /networking"));
  t.ok(refused.length <= 6, `${refused.length} writes, not 18`);
  t.equal(apply.requests.filter(isQuota).length, 1, "the quota is asked for once");
  t.not(apply.code, 0);
});

t.test("what nobody asked for is a warning where the plan makes room too", async (t) => {
  const old = Array.from({ length: 9 }, (_, index) => group(1, `old${index}`));
  const { run, declare } = await limited(t, { securityGroups: 12 }, groups(...old));
  t.equal((await run("apply", "--auto-approve")).code, 0);
  const young = Array.from({ length: 10 }, (_, index) => group(1, `young${index}`));
  declare(groups(...young));
  const plan = await run("plan");
  t.equal(plan.code, 0);
  t.match(plan.said, "warning[quota-exceeded]: the plan needs 10 security groups");
  t.equal((await run("plan", "--check-quota")).code, 1);
});

t.test("a cloud that does not tell its quotas fails no plan unasked", async (t) => {
  const many = Array.from({ length: 12 }, (_, index) => group(1, `quota${index}`));
  const { run } = await limited(t, {}, groups(...many), (path) => path.includes("/quotas/"));
  t.equal((await run("plan")).code, 0);
  t.not((await run("plan", "--check-quota")).code, 0);
});

t.test("with --check-quota a cloud that does not tell its quotas is said to", async (t) => {
  const keys = "  key_pair:\n    quota: { private_key_file: a.pem }\n";
  for (const status of [403, 404]) {
    const untold: SandboxOptions["instead"] = (moment, { path }) =>
      moment === "before" && /\/quotas\/|\/limits/u.test(path) ? { status, json: {} } : undefined;
    const { run } = await limited(t, {}, `${groups(group(1))}${keys}`, () => false, untold);
    const insisting = await run("plan", "--check-quota");
    t.equal(insisting.code, 0);
    for (const what of ["security groups", "security group rules", "key pairs"]) {
      t.match(
        insisting.said,
        `warning[quota-not-told]: the cloud does not tell how many ${what} its quota leaves`,
      );
    }
    const { code, said, requests } = await run("plan");
    t.equal(code, 0);
    t.notMatch(said, "quota-");
    t.equal(requests.length, 5, "log-in, two lists, two quotas");
  }
});

t.test("a plan is refused for what would be missing in the end, not only meanwhile", async (t) => {
  const closed = (name: string) => `${group(1, name)}      default_egress: false\n`;
  const many = Array.from({ length: 8 }, (_, index) => closed(`quota${index}`));
  const { run, declare } = await limited(t, { securityGroupRules: 13 }, groups(...many));
  const meanwhile = await run("plan");
  t.equal(meanwhile.code, 0);
  t.match(meanwhile.said, "warning[quota-exceeded]: the plan needs 24 security group rules");
  t.match(meanwhile.said, "What it removes makes room only after it is removed.");
  t.equal((await run("plan", "--check-quota")).code, 1);
  declare(groups(...many, ...Array.from({ length: 2 }, (_, index) => closed(`more${index}`))));
  const never = await run("plan");
  t.equal(never.code, 1);
  t.match(never.said, "error[quota-exceeded]: the plan needs 30 security group rules");
});

t.test("what is removed makes no room for what is much more", async (t) => {
  const { run, declare } = await limited(t, NINE_LEFT, groups(group(5)));
  t.equal((await run("apply", "--auto-approve")).code, 0);
  declare(groups(group(3), group(5, "other")));
  const plan = await run("plan");
  t.equal(plan.code, 1);
  t.match(plan.said, "error[quota-exceeded]: the plan needs 7 security group rules, and 2 of 13");
});

t.test("what the cloud gives a group is asked for only where it may matter", async (t) => {
  const { run } = await limited(t, { securityGroupRules: 350 }, groups(group(200)));
  t.equal((await run("plan")).requests.length, 3, "log-in, list, quota");
});
