import fc from "fast-check";
import t from "tap";
import type { Plan } from "../../../engine/model/plan.js";
import { Sensitive, type Value } from "../../../engine/model/value.js";
import { driftJson } from "../../../engine/ui/drift-json.js";
import { driftRows } from "../../../engine/ui/drift-rows.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { planJson } from "../../../engine/ui/plan-json.js";
import { planRows } from "../../../engine/ui/plan-rows.js";
import { golden } from "../../helpers/golden.js";
import {
  aChange,
  aDrift,
  added,
  aPlan,
  at,
  changed,
  NOW,
  place,
  rule,
} from "../../helpers/plans.js";
import { EVERYTHING, HUNDRED_RULES, THOUSAND } from "./sample-plans.js";

const BRIEF = { verbose: false, now: NOW };
const VERBOSE = { verbose: true, now: NOW };

function textOf(plan: Plan, width = 80, options = BRIEF): string {
  return plainText(planRows(plan, options), { width, color: false });
}

for (const [name, plan] of Object.entries({
  everything: EVERYTHING,
  thousand: THOUSAND,
  "hundred-rules": HUNDRED_RULES,
  "no-changes": aPlan({ changes: [aChange("no-op", "key_pair.laptop")] }),
  nothing: aPlan(),
})) {
  t.test(`the plan "${name}" reads well at 80 and 140 columns`, async (t) => {
    for (const width of [80, 140])
      golden(t, new URL(`golden/plan-${name}-${width}.txt`, import.meta.url), textOf(plan, width));
  });
}

t.test("no line is longer than the terminal", async (t) => {
  for (const plan of [EVERYTHING, THOUSAND, HUNDRED_RULES])
    t.strictSame(
      textOf(plan)
        .split("\n")
        .filter((line) => line.length > 80),
      [],
    );
});

t.test("a thousand changes fit on one screen", async (t) => {
  t.ok(textOf(THOUSAND).split("\n").length <= 50);
});

t.test("--verbose leaves nothing out", async (t) => {
  const text = textOf(THOUSAND, 80, VERBOSE);
  for (const change of THOUSAND.changes) t.match(text, `.${change.address.name}  `);
  t.match(textOf(HUNDRED_RULES, 80, VERBOSE), "198.51.100.99/32");
});

t.test("a thousand updates that do the same are told once", async (t) => {
  const attributes = [changed("description", "old", "new")];
  const plan = aPlan({
    changes: Array.from({ length: 1000 }, (_, index) =>
      aChange("update", `security_group.g${index}`, { reason: "description changed", attributes }),
    ),
  });
  t.match(textOf(plan), 'description  "old" → "new"  in all of them');
});

t.test("creations are folded before anything that destroys", async (t) => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    aChange("create", `security_group.g${index}`, {
      attributes: [added("description", "a"), added("tags", ["b"]), added("owner", "c")],
    }),
  );
  const replaced = aChange("replace", "key_pair.deploy", {
    attributes: [{ ...changed("algorithm", "rsa-2048", "ed25519"), forcesReplacement: true }],
  });
  const text = textOf(aPlan({ changes: [...rows, replaced] }));
  t.match(text, '~ algorithm  "rsa-2048" → "ed25519"  # forces replacement');
  t.match(text, "+ create 30 security_group: g0, g1, g10 … g9");
});

t.test("what opens a service to everybody is named, however much is folded", async (t) => {
  const exposed = rule("add", "ingress tcp/3389 from anywhere (IPv4)  ! RDP to the whole internet");
  const groups = Array.from({ length: 200 }, (_, index) =>
    aChange("create", `security_group.g${index}`, {
      attributes: [
        ...Array.from({ length: 20 }, (__, port) => rule("add", `ingress tcp/${8000 + port}`)),
        ...(index === 150 ? [exposed] : []),
      ],
    }),
  );
  const text = "+ ingress tcp/3389 from anywhere (IPv4)  # opens RDP to the whole internet";
  t.match(textOf(aPlan({ changes: groups }), 140), `${text}  in 1 of them`);
  t.match(textOf(aPlan({ changes: groups.slice(150, 151) }), 140), text);
});

t.test("of many warnings each takes one row", async (t) => {
  const diagnostics = Array.from({ length: 30 }, (_, index) => ({
    severity: "warning" as const,
    code: "open-to-world" as const,
    summary: "SSH is open to the whole world",
    address: at(`security_group.g${index}`),
    range: place("web.yaml", index + 1),
    help: "Limit it.",
  }));
  const lines = textOf(aPlan({ diagnostics }), 140).split("\n");
  const title = "warning[open-to-world]: SSH is open to the whole world";
  t.equal(lines[3], `${title}  security_group.g0  web.yaml:1:3`);
  t.equal(lines[13], "20 more warnings, --verbose shows them.");
});

t.test("without colors the text is the same", async (t) => {
  const rows = planRows(EVERYTHING, BRIEF);
  const colored = plainText(rows, { width: 80, color: true });
  const ESC = String.fromCharCode(27);
  t.match(colored, `${ESC}[1;31m`);
  t.equal(colored.replaceAll(new RegExp(`${ESC}\\[[0-9;]*m`, "gu"), ""), textOf(EVERYTHING));
});

t.test("hostile names are shown, not obeyed", async (t) => {
  const ESC = String.fromCharCode(27);
  const plan = aPlan({
    changes: [
      aChange("create", `security_group.web["${"\\u001b"}]0;owned"]`, {
        reason: `it is ${ESC}[8m hidden`,
        attributes: [added("description", `${ESC}[2J\n+ key_pair.fake  create`)],
      }),
    ],
    cloud: {
      name: `${ESC}[31mcloud`,
      authUrl: "",
      project: { id: "p", name: "a\nb" },
      user: { id: "u", name: "\u202eecila" },
    },
  });
  const text = textOf(plan);
  t.notOk(text.includes(ESC));
  t.notMatch(text, /^\+ key_pair/mu);
  t.match(text, "project a\\nb");
});

const CANARY = "canary-5f1d";
const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(new Sensitive(CANARY)),
  fc.constant(new Sensitive({ deep: [CANARY] })),
  fc.string(),
  fc.constant(null),
);
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(fc.string(), leaf, { maxKeys: 3 }),
);

t.test("a secret is in no view, whatever it is part of", async () => {
  fc.assert(
    fc.property(value, value, fc.boolean(), (before, after, verbose) => {
      const attributes = [
        changed("secret", before, after),
        added("secret", after),
        { ...changed("set", before, after), label: "member" },
      ];
      const plan = aPlan({
        changes: [
          aChange("update", "application_credential.ci", { attributes }),
          aChange("create", "application_credential.new", { attributes }),
        ],
        drift: [aDrift("application_credential.ci", { attributes })],
        outputs: { secret: after },
      });
      const options = { verbose, now: NOW };
      const views = [
        JSON.stringify(planRows(plan, options)),
        JSON.stringify(driftRows(plan, options)),
        JSON.stringify(planJson(plan)),
        JSON.stringify(driftJson(plan, 0)),
      ];
      return views.every((view) => !view.includes(CANARY));
    }),
  );
});
