import fc from "fast-check";
import t from "tap";
import type { JsonObject } from "../../../../engine/model/value.js";
import { canonicalGroup } from "../../../../providers/openstack/security-group/canonical.js";
import { identity } from "../../../../providers/openstack/security-group/rule.js";
import {
  ruleFromAttributes,
  rulesFromValue,
} from "../../../../providers/openstack/security-group/rule-attributes.js";
import { ruleText } from "../../../../providers/openstack/security-group/rule-text.js";
import {
  rawRules,
  storedAttributes,
} from "../../../../providers/openstack/security-group/stored-group.js";
import {
  ruleBody,
  storedRule,
} from "../../../../providers/openstack/security-group/stored-rule.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";
import { decode, decodeRules, groupToCome, OTHER } from "./declaring.js";

const SELF = "99999999-0000-4000-8000-000000000000";

const stored = (fields: JsonObject): JsonObject => ({
  id: "r1",
  security_group_id: SELF,
  direction: "ingress",
  ethertype: "IPv4",
  protocol: null,
  port_range_min: null,
  port_range_max: null,
  remote_ip_prefix: null,
  remote_group_id: null,
  remote_address_group_id: null,
  description: "",
  ...fields,
});

t.test("every spelling that Neutron keeps has one meaning", async (t) => {
  const rows: readonly (readonly [JsonObject, string])[] = [
    [{}, "ipv4 any any anywhere"],
    [{ description: null }, "ipv4 any any anywhere"],
    [{ remote_ip_prefix: "0.0.0.0/0" }, "ipv4 any any anywhere"],
    [{ remote_ip_prefix: "1.2.3.4/0" }, "ipv4 any any anywhere"],
    [{ remote_ip_prefix: "::/0", ethertype: "IPv6" }, "ipv6 any any anywhere"],
    [{ remote_ip_prefix: "" }, "ipv4 any any anywhere"],
    [{ remote_ip_prefix: "10.0.0.5/8" }, "ipv4 any any 10.0.0.0/8"],
    [{ remote_ip_prefix: "10.0.0.0/255.0.0.0" }, "ipv4 any any 10.0.0.0/8"],
    [{ remote_ip_prefix: "2001:db8::1/32", ethertype: "IPv6" }, "ipv6 any any 2001:db8::/32"],
    [{ remote_ip_prefix: "what?" }, "ipv4 any any what?"],
    [{ protocol: "6" }, "ipv4 6 any anywhere"],
    [{ protocol: "tcp" }, "ipv4 6 any anywhere"],
    [{ protocol: 6 }, "ipv4 6 any anywhere"],
    [{ protocol: "any" }, "ipv4 any any anywhere"],
    [{ protocol: "mptcp" }, "ipv4 mptcp any anywhere"],
    [{ protocol: "ipv6-icmp", ethertype: "IPv6" }, "ipv6 58 any anywhere"],
    [{ protocol: "58", ethertype: "IPv6" }, "ipv6 58 any anywhere"],
    [{ protocol: "icmp", ethertype: "IPv6" }, "ipv6 58 any anywhere"],
    [{ protocol: "icmpv6", ethertype: "IPv6" }, "ipv6 58 any anywhere"],
    [{ protocol: "icmp", port_range_min: 0 }, "ipv4 1 0-any anywhere"],
    [{ protocol: "icmp", port_range_min: 8, port_range_max: 0 }, "ipv4 1 8-0 anywhere"],
    [{ protocol: "tcp", port_range_min: 1, port_range_max: 65535 }, "ipv4 6 any anywhere"],
    [{ protocol: "tcp", port_range_min: 22, port_range_max: 22 }, "ipv4 6 22-22 anywhere"],
    [{ remote_group_id: SELF }, "ipv4 any any self"],
    [{ remote_group_id: OTHER }, `ipv4 any any group:${OTHER}`],
    [{ remote_address_group_id: OTHER }, `ipv4 any any address-group:${OTHER}`],
  ];
  for (const [fields, meaning] of rows) {
    const found = identity(storedRule(stored(fields), SELF));
    t.equal(found, `ingress ${meaning}`, JSON.stringify(fields));
    const group = storedAttributes({ id: SELF, security_group_rules: [stored(fields)] });
    t.strictSame(canonicalGroup(group), group, "it is in canonical form");
  }
});

t.test("two stored rules of one meaning stay two, whatever their order", async (t) => {
  const plain = stored({ id: "b", remote_ip_prefix: "10.0.0.0/8" });
  const host = stored({ id: "a", remote_ip_prefix: "10.0.0.5/8", description: "odd" });
  const key = "ingress ipv4 any any 10.0.0.0/8";
  for (const rules of [
    [plain, host],
    [host, plain],
  ]) {
    const raw = rawRules({ id: SELF, security_group_rules: rules });
    t.strictSame(
      [...raw].map(([name, it]) => [name, it.id]),
      [
        [key, "a"],
        [`${key} #2`, "b"],
      ],
    );
    const group = storedAttributes({ id: SELF, security_group_rules: rules });
    t.strictSame(canonicalGroup(group), group, "they are in canonical form");
  }
});

t.test("a stored group in canonical form", async (t) => {
  const group = {
    id: SELF,
    name: "web",
    description: null,
    tags: ["b", "a"],
    revision_number: 4,
    security_group_rules: [
      stored({ protocol: "esp", description: null, belongs_to_default_sg: null }),
    ],
  };
  t.strictSame(storedAttributes(group), {
    id: SELF,
    name: "web",
    description: "",
    stateful: true,
    tags: ["a", "b"],
    rules: {
      "ingress ipv4 50 any anywhere": {
        direction: "ingress",
        ethertype: "IPv4",
        protocol: 50,
        port_range_min: null,
        port_range_max: null,
        description: "",
      },
    },
  });
});

t.test("rules in words", async (t) => {
  const nameOf = (id: string) => (id === OTHER ? "security_group.app" : id);
  const label = (fields: JsonObject) => {
    const { rules } = storedAttributes({ id: SELF, security_group_rules: [stored(fields)] });
    const [member = null] = Object.values(rules ?? {});
    return securityGroup.label?.("rules", member, nameOf);
  };
  const rows: readonly (readonly [JsonObject, string])[] = [
    [
      { protocol: "tcp", port_range_min: 22, port_range_max: 22, remote_ip_prefix: "10.0.0.0/8" },
      "ingress tcp/22 from 10.0.0.0/8",
    ],
    [
      { protocol: "udp", port_range_min: 8000, port_range_max: 8080, description: "apps" },
      'ingress udp/8000-8080 from anywhere (IPv4) "apps"',
    ],
    [
      { protocol: "tcp", remote_group_id: OTHER },
      "ingress tcp (all ports) from security_group.app (IPv4)",
    ],
    [{ remote_group_id: SELF, ethertype: "IPv6" }, "ingress any from itself (IPv6)"],
    [{ direction: "egress", ethertype: "IPv6" }, "egress any to anywhere (IPv6)"],
    [
      { protocol: "icmp", port_range_min: 8, port_range_max: 0 },
      "ingress icmp type 8 code 0 from anywhere (IPv4)",
    ],
    [{ protocol: "icmp", port_range_min: 0 }, "ingress icmp type 0 from anywhere (IPv4)"],
    [{ protocol: "58", ethertype: "IPv6" }, "ingress ipv6-icmp from anywhere (IPv6)"],
    [{ protocol: "112" }, "ingress vrrp from anywhere (IPv4)"],
    [{ protocol: "22" }, "ingress protocol 22 from anywhere (IPv4)"],
    [{ remote_address_group_id: "a1" }, "ingress any from address group a1 (IPv4)"],
  ];
  for (const [fields, text] of rows) t.equal(label(fields), text);
  const { attributes } = decode({
    rules: [{ ingress: "http", from: groupToCome("app"), family: "ipv4" }],
  });
  const [member = null] = Object.values(attributes.rules ?? {});
  t.equal(ruleText(ruleFromAttributes(member)), "ingress tcp/80 from security_group.app (IPv4)");
});

/** What Neutron keeps of a body that it accepts (measured). */
function keep(body: JsonObject): JsonObject {
  const { protocol = null, port_range_min: first = null, port_range_max: last = null } = body;
  const all = first === 1 && last === 65535;
  return stored({
    ...body,
    protocol: protocol === "icmpv6" ? "ipv6-icmp" : protocol,
    port_range_min: all ? null : first,
    port_range_max: all ? null : last,
  });
}

const services = fc.oneof(
  fc.constantFrom(
    "tcp",
    "icmp",
    "icmp/0",
    "icmp/8/0",
    "esp",
    "all",
    "ipv6-icmp/128",
    "ping",
    "dns",
  ),
  fc
    .tuple(fc.constantFrom("tcp", "udp", "sctp"), fc.integer({ min: 1, max: 65535 }))
    .map(([protocol, port]) => `${protocol}/${port}`),
  fc.nat(255).map((number) => `protocol/${number}`),
);
const remotes = fc.oneof(
  fc.constantFrom("anywhere", "self", OTHER, "0.0.0.0/0", "::/0"),
  fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.ipV6(), fc.nat(128)).map(([address, bits]) => `${address}/${bits}`),
);

t.test("what is declared comes back from the cloud as it is wanted", async () => {
  fc.assert(
    fc.property(services, remotes, fc.string({ maxLength: 50 }), (ingress, from, description) => {
      const wanted = decode({ rules: [{ ingress, from, description }] }).attributes.rules;
      const rules = [...rulesFromValue(wanted).values()].map((it) => keep(ruleBody(it, SELF)));
      const observed = storedAttributes({ id: SELF, security_group_rules: rules }).rules;
      return JSON.stringify(observed) === JSON.stringify(wanted);
    }),
  );
});

t.test("a rule's attributes say all of it", async () => {
  fc.assert(
    fc.property(services, remotes, (ingress, from) => {
      const wanted = decode({ rules: [{ ingress, from }] }).attributes.rules;
      return [...rulesFromValue(wanted)].every(([key, rule]) => identity(rule) === key);
    }),
  );
  t.equal(decodeRules({ ingress: "http" }).identities.length, 2);
});
