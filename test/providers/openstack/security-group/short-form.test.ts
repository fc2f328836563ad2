import t from "tap";
import { Sensitive, type ValueObject } from "../../../../engine/model/value.js";
import { brief, decodeRules, groupToCome, OTHER } from "./declaring.js";

const both = (service: string) => [
  `ingress ipv4 ${service} anywhere`,
  `ingress ipv6 ${service} anywhere`,
];

const UNIVERSAL: readonly (readonly [string | number, readonly string[]])[] = [
  ["https", both("6 443-443")],
  ["HTTPS", both("6 443-443")],
  ["tcp/443", both("6 443-443")],
  ["TCP/443", both("6 443-443")],
  ["tcp/8000-8080", both("6 8000-8080")],
  ["6/8000-8080", both("6 8000-8080")],
  ["tcp/443-443", both("6 443-443")],
  ["udp/53", both("17 53-53")],
  ["sctp/38412", both("132 38412-38412")],
  ["dccp/5001", both("33 5001-5001")],
  ["udplite/5004", both("136 5004-5004")],
  ["dns", [...both("17 53-53"), ...both("6 53-53")].sort()],
  ["esp", both("50 any")],
  ["vrrp", both("112 any")],
  ["112", both("112 any")],
  [112, both("112 any")],
  ["protocol/22", both("22 any")],
  ["protocol/255", both("255 any")],
  ["protocol/0", both("0 any")],
  ["icmp", ["ingress ipv4 1 any anywhere", "ingress ipv6 58 any anywhere"]],
  ["all_icmp", ["ingress ipv4 1 any anywhere", "ingress ipv6 58 any anywhere"]],
  ["all-icmp", ["ingress ipv4 1 any anywhere", "ingress ipv6 58 any anywhere"]],
  ["ping", ["ingress ipv4 1 8-any anywhere", "ingress ipv6 58 128-any anywhere"]],
  ["icmp/8", ["ingress ipv4 1 8-any anywhere"]],
  ["icmp/8/0", ["ingress ipv4 1 8-0 anywhere"]],
  ["icmp/0", ["ingress ipv4 1 0-any anywhere"]],
  ["icmp/0/0", ["ingress ipv4 1 0-0 anywhere"]],
  ["ipv6-icmp", ["ingress ipv6 58 any anywhere"]],
  ["icmpv6/128", ["ingress ipv6 58 128-any anywhere"]],
];

t.test("every spelling of a service", async (t) => {
  for (const [ingress, identities] of UNIVERSAL) {
    t.strictSame(decodeRules({ ingress }), { identities, diagnostics: [] }, String(ingress));
  }
});

t.test("all ports and every protocol", async (t) => {
  const rows: readonly (readonly [string, string])[] = [
    ["tcp", "6 any"],
    ["tcp/1-65535", "6 any"],
    ["all_tcp", "6 any"],
    ["udp", "17 any"],
    ["all", "any any"],
    ["any", "any any"],
  ];
  for (const [ingress, matter] of rows) {
    const { identities, diagnostics } = decodeRules({ ingress, from: "10.0.0.0/8" });
    t.strictSame(identities, [`ingress ipv4 ${matter} 10.0.0.0/8`], ingress);
    t.strictSame(diagnostics, [], ingress);
  }
});

t.test("every spelling of a remote", async (t) => {
  const rows: readonly (readonly [ValueObject, readonly string[]])[] = [
    [{}, both("6 80-80")],
    [{ from: "anywhere" }, both("6 80-80")],
    [{ from: ["0.0.0.0/0", "::/0"] }, both("6 80-80")],
    [{ from: "anywhere-ipv4" }, ["ingress ipv4 6 80-80 anywhere"]],
    [{ from: "0.0.0.0/0" }, ["ingress ipv4 6 80-80 anywhere"]],
    [{ from: "anywhere", family: "ipv6" }, ["ingress ipv6 6 80-80 anywhere"]],
    [{ from: "0:0::/0" }, ["ingress ipv6 6 80-80 anywhere"]],
    [{ from: "192.0.2.10" }, ["ingress ipv4 6 80-80 192.0.2.10/32"]],
    [{ from: "2001:DB8:0:0::1" }, ["ingress ipv6 6 80-80 2001:db8::1/128"]],
    [
      { from: ["10.0.0.0/8", "2001:db8::/32"] },
      ["ingress ipv4 6 80-80 10.0.0.0/8", "ingress ipv6 6 80-80 2001:db8::/32"],
    ],
    [{ from: "self" }, ["ingress ipv4 6 80-80 self", "ingress ipv6 6 80-80 self"]],
    [{ from: groupToCome("web") }, ["ingress ipv4 6 80-80 self", "ingress ipv6 6 80-80 self"]],
    [{ from: OTHER, family: "ipv4" }, [`ingress ipv4 6 80-80 group:${OTHER}`]],
    [{ from: `security_group:${OTHER}`, family: "ipv6" }, [`ingress ipv6 6 80-80 group:${OTHER}`]],
    [
      { from: [`address_group:${OTHER}`, `security_group:${OTHER}`], family: "ipv4" },
      [`ingress ipv4 6 80-80 address-group:${OTHER}`, `ingress ipv4 6 80-80 group:${OTHER}`],
    ],
    [
      { from: groupToCome("offices", ["id"], "address_group") },
      [
        "ingress ipv4 6 80-80 address-group:address_group.offices",
        "ingress ipv6 6 80-80 address-group:address_group.offices",
      ],
    ],
    [
      { from: groupToCome("app") },
      [
        "ingress ipv4 6 80-80 group:security_group.app",
        "ingress ipv6 6 80-80 group:security_group.app",
      ],
    ],
  ];
  for (const [remote, identities] of rows) {
    const found = decodeRules({ ingress: "http", ...remote });
    t.strictSame(found, { identities, diagnostics: [] }, JSON.stringify(remote));
  }
});

t.test("an ICMP type belongs to the family that is named, else to IPv4", async (t) => {
  const rows: readonly (readonly [ValueObject, readonly string[]])[] = [
    [{ ingress: "icmp/128", from: "2001:db8::/32" }, ["ingress ipv6 58 128-any 2001:db8::/32"]],
    [{ ingress: "icmp/128", family: "ipv6" }, ["ingress ipv6 58 128-any anywhere"]],
    [{ ingress: "icmp/8", from: "self" }, ["ingress ipv4 1 8-any self"]],
    [{ ingress: "ping", from: "10.0.0.0/8" }, ["ingress ipv4 1 8-any 10.0.0.0/8"]],
    [{ ingress: "icmp", from: "::/0" }, ["ingress ipv6 58 any anywhere"]],
  ];
  for (const [rule, identities] of rows) {
    t.strictSame(decodeRules(rule), { identities, diagnostics: [] }, JSON.stringify(rule));
  }
});

t.test("egress has `to`", async (t) => {
  t.strictSame(decodeRules({ egress: ["https", "udp/53"], to: "192.0.2.1" }), {
    identities: ["egress ipv4 17 53-53 192.0.2.1/32", "egress ipv4 6 443-443 192.0.2.1/32"],
    diagnostics: [],
  });
});

t.test("mistakes are told at their place", async (t) => {
  const at = "/rules/0";
  const rows: readonly (readonly [ValueObject, string, string])[] = [
    [{ ingress: "htp" }, "unknown-preset", `${at}/ingress`],
    [{ ingress: ["http", "shh"] }, "unknown-preset", `${at}/ingress/1`],
    [{ ingress: "constructor" }, "unknown-preset", `${at}/ingress`],
    [{ ingress: "" }, "unknown-preset", `${at}/ingress`],
    [{ ingress: 22 }, "bad-protocol", `${at}/ingress`],
    [{ ingress: "8000-8080" }, "bad-protocol", `${at}/ingress`],
    [{ ingress: 70000 }, "bad-protocol", `${at}/ingress`],
    [{ ingress: "22/tcp" }, "bad-protocol", `${at}/ingress`],
    [{ ingress: "tpc/22" }, "bad-protocol", `${at}/ingress`],
    [{ ingress: "protocol/256" }, "bad-protocol", `${at}/ingress`],
    [{ ingress: "protocol/tcp" }, "bad-protocol", `${at}/ingress`],
    [{ ingress: "tcp/0" }, "bad-port", `${at}/ingress`],
    [{ ingress: "tcp/65536" }, "bad-port", `${at}/ingress`],
    [{ ingress: "tcp/99999999999999999999" }, "bad-port", `${at}/ingress`],
    [{ ingress: "tcp/90-80" }, "bad-port", `${at}/ingress`],
    [{ ingress: "tcp/80,443" }, "bad-port", `${at}/ingress`],
    [{ ingress: "tcp/" }, "bad-port", `${at}/ingress`],
    [{ ingress: "tcp/80/81" }, "bad-port", `${at}/ingress`],
    [{ ingress: "icmp/256" }, "bad-icmp", `${at}/ingress`],
    [{ ingress: "icmp/8/256" }, "bad-icmp", `${at}/ingress`],
    [{ ingress: "icmp/-1" }, "bad-icmp", `${at}/ingress`],
    [{ ingress: "icmp/8/0/0" }, "bad-icmp", `${at}/ingress`],
    [{ ingress: "icmp/echo" }, "bad-icmp", `${at}/ingress`],
    [{ ingress: "esp/22" }, "port-without-protocol", `${at}/ingress`],
    [{ ingress: "all/22" }, "port-without-protocol", `${at}/ingress`],
    [{ ingress: "http", from: "10.0.0/24" }, "bad-cidr", `${at}/from`],
    [{ ingress: "http", from: ["10.0.0.0/8", "office"] }, "bad-cidr", `${at}/from/1`],
    [{ ingress: "http", from: "10.0.0.0/255.0.0.0" }, "bad-cidr", `${at}/from`],
    [{ ingress: "http", from: "10.0.0.0/8", family: "ipv6" }, "family-mismatch", `${at}/family`],
    [{ ingress: "ipv6-icmp", from: "10.0.0.0/8" }, "family-mismatch", `${at}/ingress`],
    [{ ingress: "http", family: "ip" }, "wrong-type", `${at}/family`],
    [{ ingress: "http", egress: "http" }, "unknown-key", `${at}/egress`],
    [{ ingress: "http", to: "10.0.0.0/8" }, "unknown-key", `${at}/to`],
    [{ from: "10.0.0.0/8" }, "missing-key", at],
    [{ ingress: null }, "wrong-type", `${at}/ingress`],
    [{ ingress: "http", from: null }, "wrong-type", `${at}/from`],
    [{ ingress: "http", from: groupToCome("app", ["name"]) }, "not-known-yet", `${at}/from`],
    [{ ingress: groupToCome("app") }, "not-known-yet", `${at}/ingress`],
    [{ ingress: "http", from: new Sensitive("10.0.0.0/8") }, "wrong-value", `${at}/from`],
    [{ ingress: "http", description: 5 }, "wrong-type", `${at}/description`],
    [{ ingress: "http", description: "x".repeat(256) }, "wrong-value", `${at}/description`],
  ];
  for (const [rule, code, pointer] of rows) {
    const { diagnostics } = decodeRules(rule);
    const told = diagnostics.map((it) => [it.severity, it.code, it.pointer]);
    t.strictSame(told, [["error", code, pointer]], JSON.stringify(rule));
  }
});

t.test("the remedy is told", async (t) => {
  const remedies = (rule: ValueObject) => decodeRules(rule).diagnostics.map((it) => it.help);
  t.strictSame(remedies({ ingress: "htpp" }), ["Did you mean http? Otherwise write tcp/PORT."]);
  t.strictSame(remedies({ ingress: "22/tcp" }), ["Write tcp/22."]);
  t.strictSame(remedies({ ingress: "tpc/22" }), ["Did you mean tcp/22?"]);
  t.strictSame(remedies({ ingress: 22 }), [
    "Write tcp/22 or udp/22 for a port, protocol/22 for the IP protocol.",
  ]);
  t.strictSame(remedies({ ingress: "all/22" }), ["Write [tcp/22, udp/22] for both."]);
  t.strictSame(remedies({ ingress: "http", from: "10.1.0.0/255.255.0.0" }), ["Write 10.1.0.0/16."]);
});

t.test("host bits are dropped with a warning", async (t) => {
  const { identities, diagnostics } = decodeRules({ ingress: "http", from: "10.1.2.3/8" });
  t.strictSame(identities, ["ingress ipv4 6 80-80 10.0.0.0/8"]);
  t.strictSame(diagnostics.map(brief), [
    [
      "warning",
      "host-bits",
      "/rules/0/from",
      "10.1.2.3/8 has bits set behind its length: it means 10.0.0.0/8",
      "Write 10.0.0.0/8, or the address alone if one host is meant.",
    ],
  ]);
});
