import t, { type Test } from "tap";
import type { JsonObject } from "../../../../engine/model/value.js";
import { connect } from "../../../../providers/openstack/connect.js";
import { startSandbox } from "../../../../providers/sandbox/server.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { failureOf } from "../../../helpers/scripted-cloud.js";

const PATH = "/default-security-group-rules";

/** The network service of a new cloud for its administrator and for a user. */
async function start(t: Test, extensions: Readonly<Record<string, boolean>>) {
  const sandbox = await startSandbox({ extensions });
  t.teardown(() => sandbox.close());
  const logIn = async (name: string) => {
    const entry = sandbox.clouds[name] ?? {};
    const connection = await connect({ name, entry }, testRuntime());
    t.teardown(() => connection.close());
    return connection.cloud.neutron;
  };
  return { admin: await logIn("sandbox-admin"), user: await logIn("sandbox") };
}

const brief = ({ direction, ethertype, remote_group_id, ...rest }: JsonObject) =>
  [direction, ethertype, remote_group_id, rest.used_in_non_default_sg].join(" ");

t.test("a cloud like Zed has no API of default rules", async (t) => {
  const { user } = await start(t, {});
  t.equal(await user.get(PATH), undefined);
  t.equal(await user.get("/extensions/security-groups-default-rules"), undefined);
});

t.test("everybody reads the default rules, administrators change them", async (t) => {
  const { admin, user } = await start(t, { "security-groups-default-rules": true });
  const rules = await user.list(PATH, "default_security_group_rules", { marker: "id" });
  t.strictSame(rules.map(brief).sort(), [
    "egress IPv4  true",
    "egress IPv6  true",
    "ingress IPv4 PARENT false",
    "ingress IPv6 PARENT false",
  ]);
  const body = {
    default_security_group_rule: {
      direction: "egress",
      protocol: "udp",
      remote_ip_prefix: "10.0.0.0/8",
    },
  };
  t.equal((await failureOf(user.post(PATH, body))).code, "forbidden");
  t.equal((await failureOf(user.delete(`${PATH}/${rules[0]?.id}`))).code, "forbidden");
  await admin.post(PATH, body);
  for (const { id } of rules) await admin.delete(`${PATH}/${id}`);
  const { security_group: made } = await user.post("/security-groups", { security_group: {} });
  t.match(made, {
    security_group_rules: { length: 1, 0: { direction: "egress", protocol: "udp" } },
  });
});

t.test("a cloud without address groups has neither the API nor the extension", async (t) => {
  const { user } = await start(t, { "address-group": false });
  t.equal(await user.get("/address-groups"), undefined);
  t.equal(await user.get("/extensions/address-group"), undefined);
});
