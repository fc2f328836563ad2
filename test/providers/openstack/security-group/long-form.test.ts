import t from "tap";
import type { ValueObject } from "../../../../engine/model/value.js";
import { decodeRules, groupToCome, OTHER } from "./declaring.js";

const rule = (fields: ValueObject) => ({ direction: "ingress", ...fields });

t.test("every spelling in Neutron's words", async (t) => {
  const rows: readonly (readonly [ValueObject, string])[] = [
    [{ protocol: "vrrp" }, "ipv4 112 any anywhere"],
    [{ protocol: "AH", ethertype: "IPv6" }, "ipv6 51 any anywhere"],
    [{ protocol: 50 }, "ipv4 50 any anywhere"],
    [{ protocol: "50" }, "ipv4 50 any anywhere"],
    [{ protocol: "icmp" }, "ipv4 1 any anywhere"],
    [{ protocol: "icmp", ethertype: "IPv6" }, "ipv6 58 any anywhere"],
    [{ protocol: 1, ethertype: "IPv6" }, "ipv6 58 any anywhere"],
    [{ protocol: "icmpv6" }, "ipv6 58 any anywhere"],
    [{ protocol: "ipv6-icmp", port_range_min: 128 }, "ipv6 58 128-any anywhere"],
    [{ protocol: "icmp", port_range_min: 0 }, "ipv4 1 0-any anywhere"],
    [{ protocol: "icmp", port_range_min: 0, port_range_max: 0 }, "ipv4 1 0-0 anywhere"],
    [{ protocol: "tcp", port_range_min: 80, port_range_max: 80 }, "ipv4 6 80-80 anywhere"],
    [{ remote_ip_prefix: "2001:DB8::/32" }, "ipv6 any any 2001:db8::/32"],
    [{ remote_ip_prefix: "10.0.0.0/8" }, "ipv4 any any 10.0.0.0/8"],
    [{ remote_ip_prefix: "10.0.0.0/8", protocol: "any" }, "ipv4 any any 10.0.0.0/8"],
    [
      { remote_ip_prefix: "10.0.0.0/8", port_range_min: 1, port_range_max: 65535 },
      "ipv4 any any 10.0.0.0/8",
    ],
    [
      { remote_group: "self", protocol: "tcp", port_range_min: 1, port_range_max: 65535 },
      "ipv4 6 any self",
    ],
    [{ remote_group: groupToCome("web") }, "ipv4 any any self"],
    [{ remote_group: groupToCome("app") }, "ipv4 any any group:security_group.app"],
    [{ remote_group: OTHER, ethertype: "IPv6" }, `ipv6 any any group:${OTHER}`],
    [{ remote_address_group: OTHER }, `ipv4 any any address-group:${OTHER}`],
    [
      { remote_address_group: groupToCome("offices", ["id"], "address_group") },
      "ipv4 any any address-group:address_group.offices",
    ],
  ];
  for (const [fields, identity] of rows) {
    const found = decodeRules(rule(fields));
    const expected = { identities: [`ingress ${identity}`], diagnostics: [] };
    t.strictSame(found, expected, JSON.stringify(fields));
  }
});

t.test("mistakes are told at their place", async (t) => {
  const rows: readonly (readonly [ValueObject, string, string])[] = [
    [{ direction: "in" }, "wrong-type", "/direction"],
    [{ remote_address_group: "offices" }, "wrong-type", "/remote_address_group"],
    [{ remote_address_group: groupToCome("web") }, "not-known-yet", "/remote_address_group"],
    [{ protocol: "tpc" }, "bad-protocol", "/protocol"],
    [{ protocol: 256 }, "bad-protocol", "/protocol"],
    [{ protocol: -1 }, "bad-protocol", "/protocol"],
    [{ ethertype: "IPv5" }, "wrong-type", "/ethertype"],
    [{ ethertype: "IPv4", remote_ip_prefix: "::/0" }, "family-mismatch", "/ethertype"],
    [{ protocol: "ipv6-icmp", ethertype: "IPv4" }, "family-mismatch", "/protocol"],
    [{ protocol: "ipv6-icmp", remote_ip_prefix: "10.0.0.0/8" }, "family-mismatch", "/protocol"],
    [{ protocol: "tcp", port_range_min: 22 }, "bad-port", "/port_range_min"],
    [{ protocol: "tcp", port_range_max: 22 }, "bad-port", "/port_range_max"],
    [{ protocol: "tcp", port_range_min: 0, port_range_max: 22 }, "bad-port", "/port_range_min"],
    [{ protocol: "tcp", port_range_min: 1, port_range_max: 65536 }, "bad-port", "/port_range_max"],
    [{ protocol: "tcp", port_range_min: 9, port_range_max: 8 }, "bad-port", "/port_range_min"],
    [{ protocol: "icmp", port_range_max: 0 }, "bad-icmp", "/port_range_max"],
    [{ protocol: "icmp", port_range_min: -1 }, "bad-icmp", "/port_range_min"],
    [{ protocol: "icmp", port_range_min: 8, port_range_max: 256 }, "bad-icmp", "/port_range_max"],
    [{ port_range_min: 22, port_range_max: 22 }, "port-without-protocol", "/port_range_min"],
    [
      { protocol: "esp", port_range_min: 22, port_range_max: 22 },
      "port-without-protocol",
      "/port_range_min",
    ],
    [{ remote_ip_prefix: "10.0.0" }, "bad-cidr", "/remote_ip_prefix"],
    [{ remote_ip_prefix: "10.0.0.0/8", remote_group: "self" }, "several-remotes", "/remote_group"],
    [{ remote_group: "web" }, "wrong-type", "/remote_group"],
    [{ port_range_min: "22" }, "wrong-type", "/port_range_min"],
    [{ ingress: "ssh" }, "unknown-key", "/ingress"],
    [{ from: "10.0.0.0/8" }, "unknown-key", "/from"],
  ];
  for (const [fields, code, pointer] of rows) {
    const told = decodeRules(rule(fields)).diagnostics.map((it) => [it.code, it.pointer]);
    t.strictSame(told, [[code, `/rules/0${pointer}`]], JSON.stringify(fields));
  }
});

t.test("several remotes name both places", async (t) => {
  const { diagnostics } = decodeRules(rule({ remote_group: "self", remote_address_group: OTHER }));
  t.strictSame(diagnostics[0]?.related, [
    { message: "the other remote", pointer: "/rules/0/remote_group" },
  ]);
});
