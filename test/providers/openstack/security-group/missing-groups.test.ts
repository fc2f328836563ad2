import t, { type Test } from "tap";
import type { Change } from "../../../../engine/model/plan.js";
import type { OpenStack } from "../../../../providers/openstack/cloud.js";
import { missingGroups } from "../../../../providers/openstack/security-group/missing-groups.js";
import { aChange, place } from "../../../helpers/plans.js";
import { scriptedCloud } from "../../../helpers/scripted-cloud.js";
import type { ScriptedAnswer } from "../../../helpers/scripted-server.js";
import { decode } from "./declaring.js";

const SHARED = "aaaaaaaa-2222-4333-8444-555555555555";
const NOBODY = "11111111-2222-4333-8444-555555555555";
const line = place("main.yaml", 4);

/** A creation of a group that is declared so, each of its rules on one line. */
function creation(...remotes: readonly string[]): Change {
  const rules = remotes.map((from) => ({ ingress: "ssh", from, family: "ipv4" }));
  const { rules: desired = {} } = decode({ rules }).attributes;
  const attributes = Object.keys(desired ?? {}).map(
    (key) => ({ path: ["rules", key], kind: "add", range: line }) as const,
  );
  const change = aChange("create", "security_group.web", { attributes });
  return change.action === "create" ? { ...change, desired: { rules: desired } } : change;
}

/** A cloud that shares one group, and what it was asked. */
async function sharing(t: Test, answer: ScriptedAnswer) {
  const { cloud, server } = await scriptedCloud(t, ({ path }) =>
    path.startsWith("/networking") ? answer : undefined,
  );
  const asked = () => server.requests.map((it) => it.path).filter((it) => it.includes("groups"));
  return { cloud, asked };
}

const codes = async (cloud: OpenStack, change: Change) =>
  (await missingGroups(cloud, change)).map(({ code, actual, range }) => ({ code, actual, range }));

t.test(
  "groups that are shared with the project may be named; each id is asked about once",
  async (t) => {
    const { cloud, asked } = await sharing(t, {
      status: 200,
      body: { security_groups: [{ id: SHARED }] },
    });
    const missing = [{ code: "missing-group", actual: NOBODY, range: line }];
    t.strictSame(await codes(cloud, creation(SHARED.toUpperCase(), NOBODY, "10.0.0.0/8")), missing);
    t.strictSame(await codes(cloud, creation(NOBODY)), missing);
    t.equal(asked().length, 1);
  },
);

t.test("a cloud that does not answer fails no plan", async (t) => {
  const { cloud } = await sharing(t, { status: 403, body: {} });
  t.strictSame(await codes(cloud, creation(NOBODY)), []);
});

t.test("what is there already is not asked about", async (t) => {
  const { cloud, asked } = await sharing(t, { status: 200, body: { security_groups: [] } });
  const made = creation(NOBODY);
  const base = aChange("update", "security_group.web");
  if (made.action !== "create" || base.action !== "update") throw new TypeError("other changes");
  const { rules } = made.desired;
  const instance = { ...base.instance, attributes: JSON.parse(JSON.stringify({ rules })) };
  t.strictSame(await codes(cloud, { ...base, desired: { rules: rules ?? {} }, instance }), []);
  t.strictSame(asked(), []);
});
