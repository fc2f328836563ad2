import fc from "fast-check";
import IPCIDR from "ip-cidr";
import t from "tap";
import { coverRule } from "../../../../providers/openstack/security-group/cover.js";
import { identity, type Rule } from "../../../../providers/openstack/security-group/rule.js";
import { rulesFromValue } from "../../../../providers/openstack/security-group/rule-attributes.js";
import { decode, OTHER } from "./declaring.js";

function declared(ingress: string, from: string): Rule {
  const { rules } = decode({ rules: [{ ingress, from, family: "ipv4" }] }).attributes;
  const [rule] = rulesFromValue(rules).values();
  if (!rule) throw new TypeError(`${ingress} from ${from} is no rule`);
  return rule;
}

t.test("what stands in for a rule", async (t) => {
  const rows: readonly (readonly [string, string, readonly string[] | undefined])[] = [
    ["tcp/22", "anywhere", ["ipv4 6 22-22 0.0.0.0/1", "ipv4 6 22-22 128.0.0.0/1"]],
    ["all", "10.0.0.0/8", ["ipv4 any any 10.0.0.0/9", "ipv4 any any 10.128.0.0/9"]],
    ["tcp/80-81", "192.0.2.1", ["ipv4 6 80-80 192.0.2.1/32", "ipv4 6 81-81 192.0.2.1/32"]],
    ["udp", OTHER, [`ipv4 17 1-32768 group:${OTHER}`, `ipv4 17 32769-65535 group:${OTHER}`]],
    ["tcp/80", "192.0.2.1", undefined],
    ["tcp/80", "self", undefined],
    ["all", "self", undefined],
    ["icmp/8", "self", undefined],
    ["esp", "192.0.2.1", undefined],
  ];
  for (const [ingress, from, halves] of rows) {
    const found = coverRule(declared(ingress, from))?.map(identity);
    t.strictSame(
      found,
      halves?.map((it) => `ingress ${it}`),
      `${ingress} from ${from}`,
    );
  }
});

t.test(
  "an address is let through by one half if the rule lets it through, else by none",
  async () => {
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.ipV4(),
        fc.integer({ min: 1, max: 31 }),
        (base, address, length) => {
          const rule = declared("tcp/22", `${base}/${length}`);
          const contains = ({ remote }: Rule) =>
            remote.kind === "range" && new IPCIDR(remote.prefix).contains(address);
          const halves = (coverRule(rule) ?? []).filter(contains);
          return halves.length === (contains(rule) ? 1 : 0);
        },
      ),
    );
  },
);
