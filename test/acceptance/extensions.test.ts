import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import type { SandboxOptions } from "../../providers/sandbox/server.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { rawSession } from "../helpers/raw-client.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

/** A configuration on a cloud that lacks what Zed has, or has more. */
async function start(
  t: Test,
  extensions: Readonly<Record<string, boolean>>,
  quotas: SandboxOptions["quotas"] = {},
) {
  const requests: string[] = [];
  const cloud = await startSandboxCloud(t, {
    extensions,
    quotas,
    onRequest: ({ method, path }) => {
      requests.push(`${method} ${path.replace(/\?.*$/u, "").replace("/networking/v2.0", "")}`);
    },
  });
  const cwd = temporaryFolder(t);
  const run = async (...argv: readonly string[]) => {
    requests.length = 0;
    const ended = await runCli([...argv, ...cloud.options], { cwd, env: cloud.env });
    return { ...ended, requests: [...requests] };
  };
  const declare = (yaml: string) => writeFileSync(join(cwd, "main.yaml"), yaml);
  const session = await rawSession(String(cloud.env.OS_CLIENT_CONFIG_FILE), "sandbox");
  const send = (method: string, path: string, body?: unknown) =>
    session.send(method, `${session.network}/v2.0${path}`, body);
  const operator = await rawSession(String(cloud.env.OS_CLIENT_CONFIG_FILE), "sandbox-admin");
  const admin = (method: string, path: string, body?: unknown) =>
    operator.send(method, `${operator.network}/v2.0${path}`, body);
  return { run, declare, cwd, send, admin, groups: cloud.hand.groups };
}

/** Makes the operator give new groups egress to these TCP ports, and nothing else. */
async function giveEgress(
  admin: Awaited<ReturnType<typeof start>>["admin"],
  ...ports: readonly number[]
): Promise<void> {
  const templates = "/default-security-group-rules";
  const { default_security_group_rules: before } = await admin("GET", templates);
  for (const { id } of Array.isArray(before) ? before : []) {
    await admin("DELETE", `${templates}/${id}`);
  }
  for (const port of ports) {
    const rule = {
      direction: "egress",
      protocol: "tcp",
      port_range_min: port,
      port_range_max: port,
      used_in_non_default_sg: true,
    };
    await admin("POST", templates, { default_security_group_rule: rule });
  }
}

/** The extensions on which single attributes depend. */
const ALL = [
  "stateful-security-group",
  "security-groups-remote-address-group",
  "security-groups-normalized-cidr",
];
const GROUP = "resources:\n  security_group:\n    web:\n";
const ADDRESS_GROUP =
  "resources:\n  address_group:\n    offices:\n      addresses: [192.0.2.0/24]\n";
const ID = "11111111-2222-4333-8444-555555555555";
const RULE = `{ direction: ingress, remote_address_group: ${ID} }`;

/** What needs an extension, and where the declaration says so. */
const NEEDS: readonly (readonly [extension: string, yaml: string, place: string, what: string])[] =
  [
    ["address-group", ADDRESS_GROUP, "3:5", "an address group"],
    ["stateful-security-group", `${GROUP}      stateful: false\n`, "4:17", "`stateful: false`"],
    [
      "security-groups-remote-address-group",
      `${GROUP}      rules:\n        - ${RULE}\n`,
      "5:9",
      `the rule \`ingress any from address group ${ID} (IPv4)\``,
    ],
  ];

for (const [extension, yaml, place, what] of NEEDS) {
  t.test(`a plan refuses ${what} on a cloud without ${extension}`, async (t) => {
    const { run, declare } = await start(t, { [extension]: false });
    declare(yaml);
    const { code, stdout, stderr, requests } = await run("plan");
    t.equal(code, 1);
    const said = `${stdout}${stderr}`.replaceAll(/\s+/gu, " ");
    t.match(
      said,
      `error[missing-extension]: the cloud's network service has no extension ${extension}, which ${what} needs`,
    );
    t.match(said, `--> main.yaml:${place}`);
    t.match(said, `= help: Ask the cloud's operator to enable ${extension}, or remove ${what}.`);
    t.equal(requests.filter((it) => it === "GET /extensions").length, 1);
  });
}

t.test("a group and its rules are complete where a cloud has no extension at all", async (t) => {
  const { run, declare, send } = await start(t, Object.fromEntries(ALL.map((it) => [it, false])));
  declare(`${GROUP}      rules:\n        - { ingress: ssh, from: 192.0.2.0/24 }\n`);
  t.equal((await run("apply", "--auto-approve")).code, 0);
  t.equal((await run("plan", "--detailed-exitcode")).code, 0);
  const told = JSON.stringify([
    await send("GET", "/security-groups"),
    await send("GET", "/security-group-rules"),
  ]);
  t.match(told, '"remote_ip_prefix":"192.0.2.0/24"');
  t.notMatch(told, /"(stateful|remote_address_group_id|normalized_cidr)"/u, "no such field");
  const group = { security_group: { name: "x", stateful: true } };
  await t.rejects(send("POST", "/security-groups", group), /Unrecognized attribute.*stateful/u);
  const [web] = told.match(/[0-9a-f-]{36}/u) ?? [""];
  const rule = { security_group_id: web, direction: "ingress", remote_address_group_id: ID };
  await t.rejects(
    send("POST", "/security-group-rules", { security_group_rule: rule }),
    /Unrecognized attribute.*remote_address_group_id/u,
  );
  await t.rejects(send("GET", `/security-group-rules?remote_address_group_id=${ID}`), /400/u);
});

t.test("an existing group is not touched where the cloud lacks what a change needs", async (t) => {
  const { run, declare } = await start(t, { "stateful-security-group": false });
  declare(`${GROUP}      {}\n`);
  t.equal((await run("apply", "--auto-approve")).code, 0);
  declare(`${GROUP}      stateful: false\n      description: other\n`);
  const plan = await run("plan");
  t.equal(plan.code, 1);
  t.match(`${plan.stdout}${plan.stderr}`, /error\[missing-extension\]:.*stateful-security-group/su);
  t.match(`${plan.stdout}${plan.stderr}`, "--> main.yaml:4:17");
  const { stdout, stderr, requests } = await run("apply", "--auto-approve");
  t.match(`${stdout}${stderr}`, /has no extension stateful-security-group/u);
  t.strictSame(
    requests.filter((it) => it.startsWith("PUT")),
    [],
  );
});

t.test("extensions are asked for only while something is to be made that needs one", async (t) => {
  const { run, declare } = await start(t, {});
  declare(ADDRESS_GROUP);
  const login = "POST /identity/v3/auth/tokens";
  t.strictSame((await run("plan")).requests, [login, "GET /address-groups", "GET /extensions"]);
  t.equal((await run("apply", "--auto-approve")).code, 0);
  t.strictSame((await run("plan")).requests, [login, "GET /address-groups"]);
});

t.test("a new group keeps the egress that the operator decided on, and no other", async (t) => {
  const extension = "security-groups-default-rules";
  const { run, declare, groups, admin } = await start(t, { [extension]: true });
  await giveEgress(admin, 443);
  declare(`${GROUP}      rules:\n        - { ingress: ssh, from: 192.0.2.0/24 }\n`);
  t.equal((await run("apply", "--auto-approve")).code, 0);
  t.equal((await run("plan", "--detailed-exitcode")).code, 0, "and it is no drift");
  const [web] = await groups("web");
  const egress = web?.rules.filter((it) => it.direction === "egress");
  t.match(egress, [{ protocol: "tcp", port_range_min: 443 }]);
  t.equal(egress?.length, 1);
});

t.test("what new groups are given counts towards the quota as the operator has it", async (t) => {
  const extensions = { "security-groups-default-rules": true };
  const { run, declare, admin } = await start(t, extensions, { securityGroupRules: 3 });
  await giveEgress(admin, 80, 443, 8443);
  declare(`${GROUP}      rules:\n        - { ingress: ssh, from: 192.0.2.0/24 }\n`);
  const plan = await run("plan", "--check-quota");
  t.equal(plan.code, 1);
  t.match(plan.stderr, "the plan needs 4 security group rules, and 3 of 3 are left");
  const apply = await run("apply", "--auto-approve");
  t.equal(apply.code, 1);
  t.match(apply.stderr, "the plan needs 4 security group rules, and 3 of 3 are left");
});

t.test("an adopted default group keeps the egress that the cloud gives by default", async (t) => {
  const extension = "security-groups-default-rules";
  const { run, declare, cwd } = await start(t, { [extension]: true });
  declare("resources:\n  security_group:\n    default: {}\n");
  const plan = await run("plan");
  t.match(plan.stdout, "- ingress any from itself");
  t.notMatch(plan.stdout, "egress");
  t.ok(plan.requests.includes("GET /default-security-group-rules"));
  t.equal((await run("apply", "--auto-approve")).code, 0);
  t.equal((await run("plan", "--detailed-exitcode")).code, 0, cwd);
});
