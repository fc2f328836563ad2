import fc from "fast-check";
import t from "tap";
import type { AttributeChange } from "../../../engine/model/plan.js";
import { membersOf } from "../../../engine/ui/members.js";

type Kind = AttributeChange["kind"];

function rule(kind: Kind, ethertype: "IPv4" | "IPv6", label: string, parts = {}): AttributeChange {
  const value = { ethertype, ...parts };
  const sides = {
    add: { after: value },
    remove: { before: value },
    change: { before: { ...value, description: "old" }, after: value },
  };
  return { path: ["rules", `${ethertype} ${label}`], kind, label, ...sides[kind] };
}

function textsOf(attributes: readonly AttributeChange[]): readonly string[] {
  return membersOf(attributes).map(({ attribute, text }) => `${attribute.kind} ${text}`);
}

t.test("both families of one rule are one member, which names no family", async (t) => {
  for (const kind of ["add", "remove", "change"] as const)
    t.strictSame(
      textsOf([
        rule(kind, "IPv4", 'ingress tcp/443 from anywhere (IPv4) "shop"'),
        rule(kind, "IPv6", 'ingress tcp/443 from anywhere (IPv6) "shop"'),
      ]),
      [`${kind} ingress tcp/443 from anywhere "shop"`],
    );
});

const PAIRS: readonly (readonly [string, AttributeChange, AttributeChange])[] = [
  [
    "one is added and the other removed",
    rule("add", "IPv4", "ingress icmp from anywhere (IPv4)"),
    rule("remove", "IPv6", "ingress icmp from anywhere (IPv6)"),
  ],
  [
    "their remotes differ under one name",
    rule("add", "IPv4", "ingress any from web (IPv4)", { remote_group_id: "a" }),
    rule("add", "IPv6", "ingress any from web (IPv6)", { remote_group_id: "b" }),
  ],
  [
    "only their descriptions speak of families",
    rule("add", "IPv4", 'ingress tcp/22 from 10.0.0.1/32 "a (IPv4)"'),
    rule("add", "IPv4", 'ingress tcp/22 from 10.0.0.1/32 "a (IPv6)"'),
  ],
];

for (const [name, first, second] of PAIRS)
  t.test(`rules stay apart where ${name}`, async (t) => {
    t.equal(membersOf([first, second]).length, 2);
  });

t.test("ingress comes before egress, and numbers count by their size", async (t) => {
  const labels = [
    "egress tcp/22 to 10.0.0.2/32",
    "ingress tcp/443 from 10.0.0.10/32",
    "ingress udp/53 from 10.0.0.2/32",
    "ingress tcp/443 from 10.0.0.9/32",
    "ingress tcp/80 from 2001:db8::/32",
  ];
  t.strictSame(textsOf(labels.map((label) => rule("add", "IPv4", label))), [
    "add ingress tcp/80 from 2001:db8::/32",
    "add ingress tcp/443 from 10.0.0.9/32",
    "add ingress tcp/443 from 10.0.0.10/32",
    "add ingress udp/53 from 10.0.0.2/32",
    "add egress tcp/22 to 10.0.0.2/32",
  ]);
});

t.test("what everybody reaches is told apart from the rule", async (t) => {
  const [member] = membersOf([
    rule("add", "IPv4", "ingress tcp/22 from anywhere (IPv4)  ! SSH to the whole internet"),
    rule("add", "IPv6", "ingress tcp/22 from anywhere (IPv6)  ! SSH to the whole internet"),
  ]);
  t.equal(member?.text, "ingress tcp/22 from anywhere");
  t.strictSame(member?.exposes, { kind: "add", what: "SSH to the whole internet" });
});

t.test("a description cannot pass for an exposure, nor hide one", async (t) => {
  const quoted = 'ingress tcp/22 from anywhere (IPv4) "a  ! nothing"';
  const [plain, exposed] = [
    rule("add", "IPv4", quoted),
    rule("add", "IPv4", `${quoted}  ! SSH to the whole internet`),
  ].map((it) => membersOf([it])[0]);
  t.equal(plain?.exposes, undefined);
  t.equal(exposed?.text, quoted);
});

t.test("the order of the differences is of no matter", async () => {
  const all = [
    rule("add", "IPv4", "ingress tcp/443 from anywhere (IPv4)"),
    rule("add", "IPv6", "ingress tcp/443 from anywhere (IPv6)"),
    rule("add", "IPv6", "ingress tcp/22 from anywhere (IPv6)"),
    rule("add", "IPv4", "egress any to anywhere (IPv4)"),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      return JSON.stringify(textsOf(shuffled)) === JSON.stringify(textsOf(all));
    }),
  );
});
