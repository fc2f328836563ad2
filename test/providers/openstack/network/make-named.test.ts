import t, { type Test } from "tap";
import { isObject, type JsonObject } from "../../../../engine/model/value.js";
import { addressGroup } from "../../../../providers/openstack/address-group/type.js";
import type { OpenStack } from "../../../../providers/openstack/cloud.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";
import { failure, startCloud } from "../security-group/cloud-of-test.js";

const NEUTRON = "/networking/v2.0";
const report = () => {};

/**
 * A cloud in which the first request that makes something has no answer, and takes effect late:
 * when its repetition has taken effect. `meanwhile` happens then as well.
 */
async function lateCloud(
  t: Test,
  meanwhile: (cloud: OpenStack) => Promise<void> = async () => {},
  watch: (request: { readonly method: string }) => void = () => {},
) {
  let held: JsonObject | undefined;
  let isOver = false;
  const test = await startCloud(t, {
    onRequest: ({ method, path, body }) => {
      watch({ method });
      if (method !== "POST" || !path.startsWith(NEUTRON) || held || !isObject(body)) return;
      held = body as JsonObject;
      throw new Error("cut");
    },
    onResponse: async ({ method, path }) => {
      if (method !== "POST" || isOver || !held) return;
      isOver = true;
      await test.cloud.neutron.post(path.slice(NEUTRON.length), held);
      await meanwhile(test.cloud);
    },
  });
  return test;
}

const groupNamed = (name: string, description = "") => ({
  address: { type: "security_group", name },
  desired: { name, description, stateful: true },
  report,
});

t.test("a group that lands late beside its repetition is removed again", async (t) => {
  const { cloud } = await lateCloud(t);
  await securityGroup.list(cloud);
  const made = await securityGroup.create(cloud, groupNamed("web"));
  const groups = (await securityGroup.list(cloud)).filter((it) => it.name === "web");
  t.strictSame(
    groups.map((it) => it.id),
    [made.id],
  );
  t.match(made.notes, [/^a request that had no answer made a second security group: .* removed/u]);
});

t.test("an address group that lands late beside its repetition is removed again", async (t) => {
  const { cloud } = await lateCloud(t);
  await addressGroup.list(cloud);
  const made = await addressGroup.create(cloud, {
    address: { type: "address_group", name: "offices" },
    desired: { name: "offices", description: "", addresses: { "192.0.2.0/24": "192.0.2.0/24" } },
    report,
  });
  const groups = await addressGroup.list(cloud);
  t.strictSame(
    groups.map((it) => it.id),
    [made.id],
  );
});

t.test("what is not like it, or was there before, stays", async (t) => {
  const { cloud } = await lateCloud(t, async (cloud) => {
    await cloud.neutron.post("/security-groups", {
      security_group: { name: "web", description: "somebody's" },
    });
  });
  await securityGroup.list(cloud);
  const made = await securityGroup.create(cloud, groupNamed("web"));
  const groups = (await securityGroup.list(cloud)).filter((it) => it.name === "web");
  t.strictSame(groups.map((it) => it.attributes.description).sort(), ["", "somebody's"]);
  t.ok(groups.some((it) => it.id === made.id));
});

t.test("two that are declared alike are two, also when one lands late", async (t) => {
  const { cloud } = await lateCloud(t);
  await securityGroup.list(cloud);
  const made = await Promise.all([
    securityGroup.create(cloud, groupNamed("web")),
    securityGroup.create(cloud, groupNamed("web")),
  ]);
  const groups = (await securityGroup.list(cloud)).filter((it) => it.name === "web");
  t.strictSame(groups.map((it) => it.id).sort(), made.map((it) => it.id).sort());
});

t.test("where the second one cannot be removed, the end of the creation is unknown", async (t) => {
  let isStuck = false;
  const { cloud } = await lateCloud(
    t,
    async () => {
      isStuck = true;
    },
    ({ method }) => {
      if (isStuck && method === "DELETE") throw new Error("cut");
    },
  );
  await securityGroup.list(cloud);
  const error = await failure(securityGroup.create(cloud, groupNamed("web")));
  t.equal(error.response.effect, "unknown");
  t.match(error.message, /^a request without an answer may have made a second security group/u);
  t.match(error.help, /run it again/iu);
});
