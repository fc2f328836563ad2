import t from "tap";
import { isValueObject, type JsonObject } from "../../../../engine/model/value.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";
import { failure, startCloud } from "./cloud-of-test.js";
import { OTHER } from "./declaring.js";

const rulesOf = (attributes: JsonObject | undefined) => Object.keys(attributes?.rules ?? {});
const described = (attributes: JsonObject | undefined) =>
  Object.values(attributes?.rules ?? {}).map((it) => isValueObject(it) && it.description);
const EGRESS = ["egress ipv4 any any anywhere", "egress ipv6 any any anywhere"];

t.test("a group with a hundred rules costs two requests", async (t) => {
  const test = await startCloud(t);
  const ports = Array.from({ length: 100 }, (_, index) => `tcp/${8000 + index}`);
  const made = await test.make({ rules: [{ ingress: ports, from: "10.0.0.0/8" }] });
  t.strictSame(test.taken(), ["POST /security-groups", "POST /security-group-rules"]);
  t.equal(rulesOf(made.attributes).length, 102);
  const { default_egress_rules: given, ...attributes } = made.attributes;
  t.strictSame(await test.observed(made.id), attributes);
  t.strictSame(Object.keys(given ?? {}), EGRESS);
});

t.test("everything declared is there afterwards, and a second change sends nothing", async (t) => {
  const test = await startCloud(t);
  const body = {
    name: "web servers",
    description: "public",
    stateful: false,
    tags: ["b", "a"],
    rules: [
      { ingress: ["http", "icmp/0/0", "icmp/8", "esp", "protocol/22"], description: "in" },
      { ingress: "all", from: ["self", "2001:DB8::/32"] },
      { egress: "dns", to: "192.0.2.1" },
    ],
  };
  const made = await test.make(body);
  const { default_egress_rules: _, ...attributes } = made.attributes;
  t.strictSame(await test.observed(made.id), attributes);
  t.match(attributes, { name: "web servers", stateful: false, tags: ["a", "b"] });
  t.notOk(rulesOf(attributes).some((it) => EGRESS.includes(it)));
  test.taken();
  await test.change(made, body);
  t.strictSame(test.taken(), []);
});

t.test("only what differs is sent", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({ description: "one", rules: [{ ingress: "http" }] });
  test.taken();
  const renamed = await test.change(made, {
    name: "www",
    description: "two",
    rules: [{ ingress: "http" }],
  });
  t.strictSame(test.taken(), ["PUT /security-groups/ID"]);
  const tagged = await test.change(renamed, {
    name: "www",
    description: "two",
    tags: ["x"],
    rules: [{ ingress: "http" }],
  });
  t.strictSame(test.taken(), ["PUT /security-groups/ID/tags"]);
  const bare = await test.change(tagged, { name: "www", rules: [{ ingress: "https" }] });
  t.strictSame(test.taken(), [
    "PUT /security-groups/ID",
    "PUT /security-groups/ID/tags",
    "POST /security-group-rules",
    "GET /security-groups/ID",
    "DELETE /security-group-rules/ID",
    "DELETE /security-group-rules/ID",
  ]);
  const { default_egress_rules: _, ...attributes } = bare.attributes;
  t.strictSame(await test.observed(made.id), attributes);
  t.match(attributes, { description: "", tags: [] });
});

t.test(
  "a rule added by hand is removed, and a default rule removed by hand comes back",
  async (t) => {
    const test = await startCloud(t);
    const body = { rules: [{ ingress: "http", from: "10.0.0.0/8" }] };
    const made = await test.make(body);
    await test.addRule({
      security_group_id: made.id,
      direction: "ingress",
      protocol: "tcp",
      port_range_min: 3389,
      port_range_max: 3389,
    });
    await test.addRule({
      security_group_id: made.id,
      direction: "ingress",
      protocol: "6",
      port_range_min: 80,
      port_range_max: 80,
      remote_ip_prefix: "10.9.9.9/8",
    });
    const [group] = await test.cloud.neutron.list("/security-group-rules", "security_group_rules", {
      query: { security_group_id: made.id, direction: "egress", ethertype: "IPv6" },
    });
    await test.cloud.neutron.delete(`/security-group-rules/${String(group?.id)}`);
    const seen = await test.observed(made.id);
    t.strictSame(rulesOf(seen), [
      EGRESS[0],
      "ingress ipv4 6 3389-3389 anywhere",
      "ingress ipv4 6 80-80 10.0.0.0/8",
      "ingress ipv4 6 80-80 10.0.0.0/8 #2",
    ]);
    const { default_egress_rules: given = {} } = made.attributes;
    const mended = await test.change(
      { id: made.id, attributes: { ...seen, default_egress_rules: given } },
      body,
    );
    const expected = [...EGRESS, "ingress ipv4 6 80-80 10.0.0.0/8"];
    t.strictSame(rulesOf(mended.attributes), expected);
    t.strictSame(rulesOf(await test.observed(made.id)), expected);
  },
);

t.test("default egress can be closed", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({ default_egress: false });
  t.strictSame(rulesOf(await test.observed(made.id)), []);
  const open = await test.change(made, {});
  t.strictSame(rulesOf(open.attributes), EGRESS);
  t.strictSame(rulesOf(await test.observed(made.id)), EGRESS);
});

t.test("a rule that is there already is taken as it is", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({});
  await test.addRule({
    security_group_id: made.id,
    direction: "ingress",
    protocol: "tcp",
    port_range_min: 80,
    port_range_max: 80,
    remote_ip_prefix: "10.0.0.0/8",
    description: "by hand",
  });
  const changed = await test.change(made, {
    rules: [{ ingress: ["http", "https"], from: "10.0.0.0/8", description: "ours" }],
  });
  t.strictSame(rulesOf(changed.attributes), [
    ...EGRESS,
    "ingress ipv4 6 443-443 10.0.0.0/8",
    "ingress ipv4 6 80-80 10.0.0.0/8",
  ]);
  t.strictSame(described(await test.observed(made.id)), ["", "", "ours", "ours"]);
});

t.test(
  "a changed description keeps the traffic flowing where two others can stand in",
  async (t) => {
    const test = await startCloud(t);
    const rule = { ingress: "tcp/22", from: "10.0.0.0/8" };
    const made = await test.make({ rules: [{ ...rule, description: "old" }] });
    test.taken();
    const changed = await test.change(made, { rules: [{ ...rule, description: "new" }] });
    t.strictSame(test.taken(), [
      "GET /security-groups/ID",
      "POST /security-group-rules",
      "DELETE /security-group-rules/ID",
      "POST /security-group-rules",
      "GET /security-groups/ID",
      "DELETE /security-group-rules/ID",
      "DELETE /security-group-rules/ID",
    ]);
    t.strictSame(described(changed.attributes), ["", "", "new"]);
    const { default_egress_rules: _, ...attributes } = changed.attributes;
    t.strictSame(await test.observed(made.id), attributes);
    t.strictSame(changed.notes, []);
  },
);

t.test("a changed description of a rule for one host and port tells of the gap", async (t) => {
  const test = await startCloud(t);
  const rule = { ingress: "tcp/22", from: "192.0.2.1" };
  const made = await test.make({ rules: [{ ...rule, description: "old" }] });
  const changed = await test.change(made, { rules: [{ ...rule, description: "new" }] });
  t.strictSame(described(await test.observed(made.id)), ["", "", "new"]);
  t.strictSame(changed.notes, [
    `ingress tcp/22 from 192.0.2.1/32 "new": its traffic was refused for a moment, since OpenStack cannot change a rule's description`,
  ]);
});

t.test("where a described rule cannot be made again, the old one is put back", async (t) => {
  let refusals = 0;
  const test = await startCloud(t, {
    onRequest: ({ body }) => {
      if (JSON.stringify(body ?? "").includes("new") && refusals++ < 9) throw new Error("cut");
    },
  });
  const rule = { ingress: "tcp/22", from: "192.0.2.1" };
  const made = await test.make({ rules: [{ ...rule, description: "old" }] });
  const error = await failure(test.change(made, { rules: [{ ...rule, description: "new" }] }));
  t.equal(error.code, "unreachable");
  t.strictSame(described(await test.observed(made.id)), ["", "", "old"]);
});

t.test("an answer that is lost makes neither a second group nor second rules", async (t) => {
  const lost = new Set([
    "POST /networking/v2.0/security-groups",
    "POST /networking/v2.0/security-group-rules",
  ]);
  const test = await startCloud(t, {
    onResponse: ({ method, path }) => {
      if (lost.delete(`${method} ${path}`)) throw new Error("cut");
    },
  });
  await securityGroup.list(test.cloud);
  const made = await test.make({ rules: [{ ingress: "http" }] });
  t.equal(lost.size, 0);
  const groups = await securityGroup.list(test.cloud);
  t.strictSame(groups.map((it) => it.name).sort(), ["default", "web"]);
  const { default_egress_rules: _, ...attributes } = made.attributes;
  t.strictSame(await test.observed(made.id), attributes);
});

t.test("many rules go in requests of two hundred and fifty, with progress", async (t) => {
  const test = await startCloud(t);
  const ports = Array.from({ length: 450 }, (_, index) => `tcp/${8000 + index}`);
  const made = await test.make({ rules: [{ ingress: ports, from: "10.0.0.0/8" }] });
  t.equal(test.taken().filter((it) => it === "POST /security-group-rules").length, 2);
  t.strictSame(test.reports, ["added 250 of 450 rules"]);
  t.equal(rulesOf(await test.observed(made.id)).length, 452);
});

t.test("no request is longer than what web servers before an API let through", async (t) => {
  const lengths: number[] = [];
  const test = await startCloud(t, {
    onRequest: ({ path, body }) => {
      if (path.endsWith("/security-group-rules")) {
        lengths.push(Buffer.byteLength(JSON.stringify(body)));
      }
    },
  });
  const description = "ä".repeat(255);
  const ports = Array.from({ length: 250 }, (_, index) => `tcp/${8000 + index}`);
  const made = await test.make({ rules: [{ ingress: ports, from: "10.0.0.0/8", description }] });
  t.equal(rulesOf(await test.observed(made.id)).length, 252);
  t.ok(lengths.length > 2 && lengths.every((it) => it < 54_000), `${lengths}`);
});

t.test("a group in use is waited for, then named with what uses it", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({});
  const { network } = await test.cloud.neutron.post("/networks", { network: { name: "n" } });
  const networkId = isValueObject(network) ? String(network.id) : "";
  const { port } = await test.cloud.neutron.post("/ports", {
    port: { network_id: networkId, security_groups: [made.id] },
  });
  const portId = isValueObject(port) ? String(port.id) : "";
  const error = await failure(test.remove(made));
  t.equal(error.code, "in-use");
  t.equal(error.message, `the security group is in use by port ${portId}`);
  t.equal(test.reports.length, 7);
  t.equal(test.reports[0], `waits, 60 s at the most: in use by port ${portId}`);
  await test.cloud.neutron.delete(`/ports/${portId}`);
  await test.remove(made);
  t.equal(await test.observed(made.id), undefined);
  await test.remove(made);
});

t.test("a group that is gone cannot lose rules", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({ rules: [{ ingress: "http" }] });
  await test.remove(made);
  t.equal((await failure(test.change(made, {}))).code, "not-found");
});

t.test("another group's rules are removed and added by its id", async (t) => {
  const test = await startCloud(t);
  const app = await test.make({ name: "app" });
  const db = await test.make({
    name: "db",
    rules: [{ ingress: "mysql", from: app.id, family: "ipv4" }],
  });
  t.strictSame(rulesOf(db.attributes), [...EGRESS, `ingress ipv4 6 3306-3306 group:${app.id}`]);
  t.equal(
    (await failure(test.change(app, { rules: [{ ingress: "http", from: OTHER }] }))).code,
    "not-found",
  );
});

t.test("the list shows this project's groups only, with their times", async (t) => {
  const test = await startCloud(t);
  const made = await test.make({});
  test.taken();
  const groups = await securityGroup.list(test.cloud);
  t.strictSame(test.taken(), ["GET /security-groups"]);
  t.strictSame(groups.map((it) => it.name).sort(), ["default", "web"]);
  t.match(groups.find((it) => it.id === made.id)?.updatedAt, /^20\d\d-\d\d-\d\dT.*Z$/);
});
