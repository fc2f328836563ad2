import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { isObject } from "../../../../engine/model/value.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";
import { runCli } from "../../../helpers/cli.js";
import { temporaryFolder } from "../../../helpers/example.js";
import { startSandboxCloud } from "../../../helpers/sandbox-cloud.js";
import { failureOf, scriptedCloud } from "../../../helpers/scripted-cloud.js";
import { startCloud } from "./cloud-of-test.js";

const ADDRESS = { type: "security_group", name: "web" };
const LOG_IN = "/v3/auth/tokens";
const report = () => {};
const rulesOf = (attributes: { readonly rules?: unknown } | undefined) =>
  isObject(attributes?.rules) ? Object.keys(attributes.rules) : [];

t.test(
  "a project whose quota has no room for its default group is told so by a plan",
  async (t) => {
    const cloud = await startSandboxCloud(t, { quotas: { securityGroupRules: 3 } });
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), "resources:\n  security_group:\n    web: {}\n");
    const plan = await runCli(["plan", ...cloud.options], { cwd, env: cloud.env });
    t.equal(plan.code, 1);
    t.match(plan.stderr, /Quota exceeded for resources: \['security_group_rule'\]/u);
  },
);

t.test("a rule that somebody adds between plan and apply is left alone", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({ rules: [{ ingress: "http", from: "10.0.0.0/8" }] });
  await test.addRule({ security_group_id: made.id, direction: "ingress", protocol: "esp" });
  await test.change(made, { rules: [{ ingress: "https", from: "10.0.0.0/8" }] });
  t.strictSame(
    rulesOf(await test.observed(made.id)).filter((it) => it.startsWith("ingress")),
    ["ingress ipv4 50 any anywhere", "ingress ipv4 6 443-443 10.0.0.0/8"],
    "the next plan shows it",
  );
});

t.test(
  "a group that a cloud makes stateless by default becomes stateful as declared",
  async (t) => {
    const group = (stateful: boolean) => ({
      security_group: { id: "g1", name: "web", stateful, security_group_rules: [] },
    });
    const { cloud, server } = await scriptedCloud(t, ({ method, path }) =>
      path === LOG_IN ? undefined : { status: 200, body: group(method === "PUT") },
    );
    const desired = { name: "web", stateful: true };
    const made = await securityGroup.create(cloud, { address: ADDRESS, desired, report });
    t.equal(made.attributes.stateful, false);
    const change = { address: ADDRESS, id: made.id, desired, existing: made.attributes, report };
    t.match(await securityGroup.update?.(cloud, change), { attributes: { stateful: true } });
    t.strictSame(server.requests.at(-1)?.body, { security_group: { stateful: true } });
  },
);

t.test("a group in use keeps its statefulness, and what uses it is named", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({});
  const { network } = await test.cloud.neutron.post("/networks", { network: { name: "n" } });
  const { port } = await test.cloud.neutron.post("/ports", {
    port: {
      network_id: isObject(network) ? String(network.id) : "",
      security_groups: [made.id],
    },
  });
  const error = await failureOf(test.change(made, { stateful: false }));
  t.equal(error.code, "in-use");
  const id = isObject(port) ? String(port.id) : "";
  const why = "`stateful` cannot change while the security group is in use by port";
  t.equal(error.message, `${why} ${id}`);
  t.match(error.help, /take the group off these ports/iu);
});

t.test("a cloud that ignores filters is filtered here", async (t) => {
  const ports = [
    { id: "port-1", security_groups: ["g1"] },
    { id: "port-2", security_groups: ["g2"] },
  ];
  const groups = [
    { id: "g1", name: "ours", project_id: "p1" },
    { id: "g2", name: "shared", project_id: "p2" },
    { id: "g3", name: "old", tenant_id: "p1" },
    { id: "g4", name: "theirs", tenant_id: "p2" },
  ];
  const { cloud } = await scriptedCloud(t, ({ method, path }) => {
    if (path === LOG_IN) return undefined;
    if (method === "DELETE") {
      return { status: 409, body: { NeutronError: { type: "SecurityGroupInUse", message: "-" } } };
    }
    return { status: 200, body: path.includes("/ports") ? { ports } : { security_groups: groups } };
  });
  const listed = await securityGroup.list(cloud);
  t.strictSame(
    listed.map((it) => it.name),
    ["ours", "old"],
  );
  const request = { address: ADDRESS, id: "g1", existing: {}, report };
  const error = await failureOf(securityGroup.delete(cloud, request));
  t.equal(error.message, "the security group is in use by port port-1");
});
