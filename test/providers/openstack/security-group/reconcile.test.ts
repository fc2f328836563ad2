import t from "tap";
import type { JsonObject, ValueObject } from "../../../../engine/model/value.js";
import { reconcileGroup } from "../../../../providers/openstack/security-group/reconcile.js";
import { storedAttributes } from "../../../../providers/openstack/security-group/stored-group.js";
import { decode, OTHER } from "./declaring.js";

const EGRESS = ["egress ipv4 any any anywhere", "egress ipv6 any any anywhere"];

function existing(...rules: readonly JsonObject[]): JsonObject {
  return storedAttributes({ id: OTHER, name: "web", security_group_rules: rules });
}

const open = existing(
  { id: "1", direction: "egress", ethertype: "IPv4" },
  { id: "2", direction: "egress", ethertype: "IPv6" },
);
const recorded = { ...open, default_egress_rules: open.rules ?? {} };

function wanted(body: ValueObject, from: JsonObject): readonly string[] {
  return Object.keys(reconcileGroup(decode(body).attributes, from).rules ?? {});
}

t.test("default egress is kept, closed or replaced as declared", async (t) => {
  const https = { egress: "https", to: "10.0.0.0/8" };
  const declared = "egress ipv4 6 443-443 10.0.0.0/8";
  t.strictSame(wanted({}, recorded), EGRESS);
  t.strictSame(wanted({ default_egress: false }, recorded), []);
  t.strictSame(wanted({ rules: [https] }, recorded), [declared]);
  t.strictSame(wanted({ rules: [https], default_egress: true }, recorded), [declared, ...EGRESS]);
});

t.test("a default egress rule that was removed by hand is wanted again", async (t) => {
  t.strictSame(wanted({}, { ...existing(), default_egress_rules: open.rules ?? {} }), EGRESS);
});

t.test("without a record only what lets everything out counts as default egress", async (t) => {
  const mixed = existing(
    { id: "1", direction: "egress", ethertype: "IPv4" },
    { id: "2", direction: "egress", ethertype: "IPv4", protocol: "tcp" },
  );
  t.strictSame(wanted({}, mixed), EGRESS.slice(0, 1));
});

t.test("a record without rules is kept: the operator gives no egress", async (t) => {
  t.strictSame(wanted({}, { ...open, default_egress_rules: {} }), []);
});

t.test("its own id in a rule is itself", async (t) => {
  t.strictSame(wanted({ rules: [{ ingress: "http", from: OTHER }], default_egress: false }, open), [
    "ingress ipv4 6 80-80 self",
    "ingress ipv6 6 80-80 self",
  ]);
});

t.test(
  "reconciling twice is reconciling once, and rules that are not wanted stay away",
  async (t) => {
    const once = reconcileGroup(decode({}).attributes, recorded);
    t.strictSame(reconcileGroup(once, recorded), once);
    const { rules: _, ...rest } = decode({}).attributes;
    t.notOk("rules" in reconcileGroup(rest, recorded));
  },
);
