import t from "tap";
import {
  gapsOf,
  isLetThrough,
  rewords,
} from "../../../../providers/openstack/security-group/gap.js";
import type { Rule } from "../../../../providers/openstack/security-group/rule.js";
import {
  type RuleSet,
  rulesFromValue,
} from "../../../../providers/openstack/security-group/rule-attributes.js";
import { decode, OTHER } from "./declaring.js";

type Declared = Readonly<Record<string, string>>;

const rules = (...declared: readonly Declared[]): RuleSet =>
  rulesFromValue(
    decode({ rules: declared.map((it) => ({ family: "ipv4", ...it })) }).attributes.rules,
  );

function only(declared: Declared): Rule {
  const [rule] = rules(declared).values();
  if (!rule) throw new TypeError("no rule");
  return rule;
}

t.test("what lets through all that a rule does", async (t) => {
  const ssh = { ingress: "tcp/22", from: "192.0.2.1" };
  const rows: readonly (readonly [Declared, Declared, boolean])[] = [
    [{ ingress: "tcp/22", from: "192.0.2.0/24" }, ssh, true],
    [{ ingress: "tcp/20-30" }, ssh, true],
    [{ ingress: "all", from: "192.0.2.1" }, ssh, true],
    [{ ingress: "tcp", from: "192.0.2.1" }, ssh, true],
    [{ ingress: "tcp/23-30", from: "192.0.2.0/24" }, ssh, false],
    [{ ingress: "udp" }, ssh, false],
    [{ ingress: "tcp/22", from: "192.0.3.0/24" }, ssh, false],
    [{ egress: "tcp/22", to: "192.0.2.0/24" }, ssh, false],
    [{ ingress: "tcp/22", from: "self" }, ssh, false],
    [{ ingress: "tcp", from: "self" }, { ingress: "tcp/22", from: "self" }, true],
    [{ ingress: "tcp", from: OTHER }, { ingress: "tcp/22", from: "self" }, false],
    [{ ingress: "icmp/8" }, { ingress: "icmp/8/0", from: "192.0.2.1" }, true],
    [{ ingress: "icmp/8/0" }, { ingress: "icmp/8", from: "192.0.2.1" }, false],
    [{ ingress: "tcp/22" }, { ingress: "tcp", from: "192.0.2.1" }, false],
  ];
  for (const [wider, rule, expected] of rows) {
    const name = `${JSON.stringify(wider)} for ${JSON.stringify(rule)}`;
    t.equal(isLetThrough(only(rule), rules(wider)), expected, name);
  }
});

t.test("a gap is where nothing stands in, also not what goes afterwards", async (t) => {
  const host = { ingress: "tcp/22", from: "192.0.2.1" };
  const half = { ingress: "tcp/80", from: "192.0.2.0/24" };
  const old = [
    { ...host, description: "old" },
    { ...half, description: "old" },
  ];
  const wanted = rules({ ...host, description: "new" }, { ...half, description: "new" });
  t.strictSame(
    [...gapsOf(rewords(rules(...old), wanted)).values()].map((it) => it.description),
    ["new"],
  );
  const wide = { ingress: "tcp", from: "192.0.2.0/24" };
  t.strictSame([...gapsOf(rewords(rules(...old, wide), wanted))], [], "it goes when all is made");
  t.strictSame([...gapsOf(rewords(wanted, wanted))], [], "nothing is reworded");
});
