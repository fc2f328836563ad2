import fc from "fast-check";
import t from "tap";
import type { ValueObject } from "../../../../engine/model/value.js";
import { PRESET_NAMES } from "../../../../providers/openstack/security-group/presets.js";
import { brief, decode, decodeRules, groupToCome } from "./declaring.js";

t.test("an empty declaration is a group without ingress, with the cloud's egress", async (t) => {
  t.strictSame(decode({}), {
    attributes: {
      name: "web",
      description: "",
      stateful: true,
      tags: [],
      rules: {},
      default_egress: true,
    },
    diagnostics: [],
    pointers: {},
  });
});

t.test("a full declaration in canonical form", async (t) => {
  const body = {
    name: "web servers",
    description: "public",
    stateful: false,
    tags: ["b", "a", "b"],
    rules: [{ ingress: "tcp/8443", from: "10.0.0.0/8", description: "admin" }],
  };
  t.strictSame(decode(body), {
    attributes: {
      name: "web servers",
      description: "public",
      stateful: false,
      tags: ["a", "b"],
      rules: {
        "ingress ipv4 6 8443-8443 10.0.0.0/8": {
          direction: "ingress",
          ethertype: "IPv4",
          protocol: 6,
          port_range_min: 8443,
          port_range_max: 8443,
          remote_ip_prefix: "10.0.0.0/8",
          description: "admin",
        },
      },
      default_egress: true,
    },
    diagnostics: [],
    pointers: { "/rules/ingress ipv4 6 8443-8443 10.0.0.0~18": "/rules/0" },
  });
});

t.test("names", async (t) => {
  t.equal(decode({}, "web", "a b").attributes.name, "web-a b");
  t.equal(decode({ name: "x".repeat(255) }).diagnostics.length, 0);
  const codes = (body: ValueObject, name?: string) =>
    decode(body, name).diagnostics.map((it) => [it.code, it.pointer]);
  t.strictSame(codes({ name: "x".repeat(256) }), [["wrong-value", "/name"]]);
  t.strictSame(codes({ name: " " }), [["bad-name", "/name"]]);
  t.strictSame(codes({ name: "DEFAULT" }), [["bad-name", "/name"]]);
  t.strictSame(codes({}, "Default"), [["bad-name", "/name"]]);
  const unknown = groupToCome("app", ["name"]);
  t.equal(decode({ name: unknown }).attributes.name, unknown);
});

t.test("of the default group only what is declared is managed, and its rules", async (t) => {
  t.strictSame(decode({}, "default").attributes, {
    name: "default",
    rules: {},
    default_egress: true,
  });
  t.equal(decode({ name: "default", description: "" }).attributes.description, "");
});

t.test("mistakes outside the rules", async (t) => {
  const rows: readonly (readonly [ValueObject, string, string])[] = [
    [{ description: "x".repeat(256) }, "wrong-value", "/description"],
    [{ stateful: "yes" }, "wrong-type", "/stateful"],
    [{ default_egress: 1 }, "wrong-type", "/default_egress"],
    [{ tags: "a" }, "wrong-type", "/tags"],
    [{ tags: ["a", "b,c"] }, "wrong-value", "/tags/1"],
    [{ tags: [""] }, "wrong-value", "/tags/0"],
    [{ tags: ["x".repeat(256)] }, "wrong-value", "/tags/0"],
    [{ tags: [groupToCome("app", ["name"])] }, "not-known-yet", "/tags/0"],
    [{ tags: Array.from({ length: 51 }, (_, i) => `${i}`) }, "wrong-value", "/tags"],
    [{ rules: { ingress: "ssh" } }, "wrong-type", "/rules"],
    [{ rules: ["ssh"] }, "wrong-type", "/rules/0"],
    [{ rules: groupToCome("app") }, "not-known-yet", "/rules"],
  ];
  for (const [body, code, pointer] of rows) {
    const told = decode(body).diagnostics.map((it) => [it.code, it.pointer]);
    t.strictSame(told, [[code, pointer]], JSON.stringify(body));
  }
});

t.test("default egress stays unless an egress rule is declared or it is closed", async (t) => {
  const egress = { egress: "https", to: "10.0.0.0/8" };
  const rows: readonly (readonly [ValueObject, boolean])[] = [
    [{}, true],
    [{ default_egress: false }, false],
    [{ rules: [egress] }, false],
    [{ rules: [egress], default_egress: true }, true],
  ];
  for (const [body, kept] of rows) {
    t.equal(decode(body).attributes.default_egress, kept, JSON.stringify(body));
  }
});

t.test("two equal rules are an error with both places", async (t) => {
  const text = "two rules mean the same: ingress tcp/80 from 10.0.0.0/8";
  const from = "10.0.0.0/8";
  const equals: readonly (readonly [ValueObject[], string, string])[] = [
    [
      [
        { ingress: "http", from },
        { ingress: "tcp/80", from },
      ],
      "/rules/1",
      "/rules/0",
    ],
    [
      [
        { ingress: "http", from },
        { ingress: "http", from, description: "again" },
      ],
      "/rules/1",
      "/rules/0",
    ],
    [
      [
        { ingress: "http", from },
        {
          direction: "ingress",
          protocol: "6",
          port_range_min: 80,
          port_range_max: 80,
          remote_ip_prefix: from,
        },
      ],
      "/rules/1",
      "/rules/0",
    ],
    [[{ ingress: ["http", "http"], from }], "/rules/0/ingress/1", "/rules/0/ingress/0"],
    [[{ ingress: "http", from: [from, from] }], "/rules/0/from/1", "/rules/0/from/0"],
  ];
  for (const [rules, here, there] of equals) {
    const { diagnostics } = decodeRules(...rules);
    t.strictSame(diagnostics, [
      {
        severity: "error",
        code: "duplicate-rule",
        summary: text,
        pointer: here,
        related: [{ message: "the other rule", pointer: there }],
        help: "Remove one of them; their order and their descriptions make no difference.",
      },
    ]);
  }
});

t.test("equal rules of both families are told once; overlapping ranges are fine", async (t) => {
  t.equal(decodeRules({ ingress: "http" }, { ingress: "tcp/80" }).diagnostics.length, 1);
  t.equal(decodeRules({ ingress: "http" }, { ingress: "tcp/80-81" }).diagnostics.length, 0);
  const web = groupToCome("web");
  t.equal(decodeRules({ ingress: "http", from: ["self", web] }).diagnostics.length, 1);
});

t.test("what is rarely public is warned of when it is open to the world", async (t) => {
  const open: readonly (readonly [ValueObject, string])[] = [
    [{ ingress: "ssh" }, "SSH"],
    [{ ingress: "tcp/22", from: "0.0.0.0/0" }, "SSH"],
    [{ ingress: "tcp/20-30", from: "::/0" }, "SSH"],
    [{ ingress: "rdp" }, "Remote Desktop"],
    [{ ingress: "postgresql" }, "PostgreSQL"],
    [{ ingress: "all" }, "every protocol"],
    [{ ingress: "all_tcp" }, "every tcp port"],
    [{ ingress: "udp" }, "every udp port"],
  ];
  for (const [rule, what] of open) {
    t.strictSame(decodeRules(rule).diagnostics.map(brief), [
      [
        "warning",
        "open-to-world",
        "/rules/0/ingress",
        `${what} is open to the whole world`,
        "Limit it to the addresses or the group that need it.",
      ],
    ]);
  }
  const told = (rule: ValueObject) => decodeRules(rule).diagnostics.map((it) => it.actual);
  t.strictSame(told({ ingress: "ssh" }), ["ingress tcp/22 from anywhere (IPv4 and IPv6)"]);
  t.strictSame(told({ ingress: "ssh", family: "ipv6" }), ["ingress tcp/22 from anywhere (IPv6)"]);
  t.equal(
    decodeRules({ ingress: "ssh", from: "" }).diagnostics[0]?.help,
    "Leave it out for anywhere.",
  );
  const quiet = [
    { ingress: ["http", "https", "icmp", "wireguard"] },
    { ingress: "ssh", from: "203.0.113.0/24" },
    { ingress: "all", from: "self" },
    { egress: "all" },
  ];
  for (const rule of quiet) t.strictSame(decodeRules(rule).diagnostics, [], JSON.stringify(rule));
});

t.test("every preset can be used in both families", async (t) => {
  for (const ingress of PRESET_NAMES) {
    for (const from of ["10.0.0.0/8", "2001:db8::/32"]) {
      const { identities, diagnostics } = decodeRules({ ingress, from });
      t.ok(identities.length > 0 && diagnostics.length === 0, `${ingress} from ${from}`);
    }
  }
});

const services = fc.constantFrom(...PRESET_NAMES, "tcp/22", "udp/1-9", "icmp/8/0", "esp", "all");
const remotes = fc.constantFrom("10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "self", "anywhere");
const rule = fc.record({ ingress: services, from: remotes, description: fc.string() });

t.test("the order of rules and the spelling of keys change nothing", async () => {
  fc.assert(
    fc.property(
      fc
        .uniqueArray(rule, { selector: (it) => it.ingress })
        .chain((rules) =>
          fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })),
        ),
      ([rules, shuffled]) => {
        const one = decodeRules(...rules).identities;
        return JSON.stringify(one) === JSON.stringify(decodeRules(...shuffled).identities);
      },
    ),
  );
});

t.test("any value at any place ends in attributes and diagnostics", async () => {
  const keys = ["name", "description", "stateful", "tags", "rules", "default_egress"] as const;
  const words = ["ingress", "egress", "from", "to", "direction", "protocol", "port_range_min"];
  const entry = fc.dictionary(fc.constantFrom(...words), fc.jsonValue());
  const body = fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.jsonValue(), fc.array(entry)));
  fc.assert(fc.property(body, (it) => Array.isArray(decode(it as ValueObject).diagnostics)));
});
