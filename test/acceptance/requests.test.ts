import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

/** A configuration on a cloud that writes down each request. */
async function counted(t: Test, yaml: string) {
  const requests: string[] = [];
  const cloud = await startSandboxCloud(t, {
    onRequest: ({ method, path }) => {
      requests.push(
        `${method} ${path.replace(/[0-9a-f]{8}-?[0-9a-f-]{23,27}/gu, "ID").replace(/\?.*$/u, "")}`,
      );
    },
  });
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const run = async (...argv: readonly string[]) => {
    requests.length = 0;
    const ended = await runCli([...argv, ...cloud.options], { cwd, env: cloud.env });
    t.equal(ended.code, 0, ended.stderr);
    return [...requests];
  };
  return { run, cwd };
}

const login = "POST /identity/v3/auth/tokens";
const listGroups = "GET /networking/v2.0/security-groups";
const makeGroup = "POST /networking/v2.0/security-groups";
const makeRules = "POST /networking/v2.0/security-group-rules";
const listKeys = "GET /compute/v2.1/os-keypairs";
const listCredentials = "GET /identity/v3/users/ID/application_credentials";

/** With what a new group is given, which counts. */
const lookAtQuota = [
  "GET /networking/v2.0/quotas/ID/details.json",
  "GET /networking/v2.0/default-security-group-rules",
];

const rules = (count: number) =>
  Array.from({ length: count }, (_, index) => `        - { ingress: tcp/${index + 1000} }\n`).join(
    "",
  );

t.test("a plan of any size costs one log-in and one list of each kind", async (t) => {
  const { run } = await counted(
    t,
    `resources:
  security_group:
    many:
      for_each: [${Array.from({ length: 40 }, (_, index) => `g${index}`).join(", ")}]
      rules:
${rules(10)}
  key_pair:
    keys:
      for_each: [${Array.from({ length: 20 }, (_, index) => `k${index}`).join(", ")}]
      private_key_file: "\${each.key}.pem"
  application_credential:
    robots:
      for_each: [a, b, c]
      write_to: { json: "\${each.key}.json" }
`,
  );
  const expected = [login, listKeys, listCredentials, listGroups].sort();
  const before = [...expected, ...lookAtQuota].sort();
  t.strictSame((await run("plan")).sort(), before, "before, with a look at the quota for so many");
  await run("apply", "--auto-approve");
  t.strictSame((await run("plan")).sort(), expected, "after");
  t.strictSame((await run("drift")).sort(), expected, "drift");
});

t.test("a kind that is neither declared nor remembered is not asked for", async (t) => {
  const { run } = await counted(t, `resources:\n  security_group:\n    one: {}\n`);
  t.strictSame(await run("plan"), [login, listGroups]);
});

t.test("a group with 100 rules is made in four requests and removed in three", async (t) => {
  const { run } = await counted(
    t,
    `resources:\n  security_group:\n    big:\n      rules:\n${rules(50)}`,
  );
  t.strictSame(await run("apply", "--auto-approve"), [login, listGroups, makeGroup, makeRules]);
  t.strictSame(await run("destroy", "--auto-approve"), [
    login,
    listGroups,
    "DELETE /networking/v2.0/security-groups/ID",
  ]);
});

t.test("a group with 1000 rules is made in nine requests", async (t) => {
  const { run } = await counted(
    t,
    `resources:\n  security_group:\n    big:\n      rules:\n        - { ingress: [${Array.from({ length: 1000 }, (_, index) => `tcp/${index + 1}`).join(", ")}], from: 203.0.113.128/25 }\n`,
  );
  t.strictSame(await run("apply", "--auto-approve"), [
    login,
    listGroups,
    ...lookAtQuota,
    makeGroup,
    ...Array.from({ length: 4 }, () => makeRules),
  ]);
});

t.test("only a new rule that names a group nobody has listed costs a request", async (t) => {
  const group = (name: string, rules = "") =>
    `    ${name}:\n      rules: [{ ingress: https }${rules}]\n`;
  const head = "resources:\n  security_group:\n";
  const { run, cwd } = await counted(t, head + group("web") + group("app"));
  await run("apply", "--auto-approve");
  const state = JSON.parse(readFileSync(join(cwd, "portcullis.state.json"), "utf8"));
  const own = state.instances.find(
    (it: { id: string; address: string }) => it.address === "security_group.web",
  )?.id;
  t.ok(own);
  const named = `, { ingress: ssh, from: ${own} }`;
  writeFileSync(join(cwd, "main.yaml"), head + group("web") + group("app", named));
  t.strictSame(await run("plan"), [login, listGroups], "one of the own project's is known");
  await run("apply", "--auto-approve");
  t.strictSame(await run("plan"), [login, listGroups], "and what is there is not asked about");
});
