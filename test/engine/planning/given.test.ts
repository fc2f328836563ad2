import t from "tap";
import { parseAddress } from "../../../engine/model/address.js";
import type { Plan } from "../../../engine/model/plan.js";
import { makePlan } from "../../../engine/planning/plan.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { planJson } from "../../../engine/ui/plan-json.js";
import { planRows } from "../../../engine/ui/plan-rows.js";
import { openstack } from "../../../providers/openstack/provider.js";
import { Engine } from "../../helpers/engine.js";

const group = (body: string) => ({
  "main.yaml": `resources:\n  security_group:\n    web: { ${body} }\n`,
});

/** The rows of a plan that open or close something. */
function rules(plan: Plan): readonly string[] {
  const now = new Date(0);
  const rows = planRows(plan, { verbose: false, now, files: [] });
  const lines = plainText(rows, { width: 100, color: false }).split("\n");
  return lines.filter((it) => / [-+] (?:in|e)gress/u.test(it)).map((it) => it.trim());
}

const CREATIONS: Readonly<Record<string, readonly string[]>> = {
  "rules: [{ ingress: https }]": [
    "+ ingress tcp/443 from anywhere",
    "+ egress any to anywhere (usual default)",
  ],
  "rules: []": ["+ egress any to anywhere (usual default)"],
  "default_egress: false": [],
  "rules: [{ egress: https }]": ["+ egress tcp/443 to anywhere"],
  "default_egress: true, rules: [{ egress: https }]": [
    "+ egress any to anywhere (usual default)",
    "+ egress tcp/443 to anywhere",
  ],
  "default_egress: true, rules: [{ egress: all, family: ipv4 }]": [
    "+ egress any to anywhere (IPv4)",
    "+ egress any to anywhere (IPv6) (usual default)",
  ],
};

for (const [body, expected] of Object.entries(CREATIONS)) {
  t.test(`a new group with ${body} shows the egress that it keeps`, async (t) => {
    await Engine.use({}, async (engine) => {
      t.strictSame(rules(await engine.plan(group(body))), expected);
    });
  });
}

t.test("programs are told which rules are given", async (t) => {
  await Engine.use({}, async (engine) => {
    const told = JSON.stringify(planJson(await engine.plan(group("rules: []"))));
    t.match(told, '"label":"egress any to anywhere (IPv4)","default":true');
    t.match(told, '"label":"egress any to anywhere (IPv6)","default":true');
  });
});

t.test("a group that is made anew shows its rules as a new one does", async (t) => {
  const texts = group("rules: [{ ingress: https }]");
  await Engine.use({}, async (engine) => {
    await engine.apply(texts);
    const snapshot = await engine.store.read();
    const address = parseAddress("security_group.web");
    if (!snapshot || !address) throw new Error("nothing was applied");
    const { connection, runtime } = engine;
    const plan = await makePlan({
      configuration: await engine.load(texts),
      snapshot,
      provider: openstack,
      connection,
      runtime,
      destroy: false,
      replace: [address],
    });
    t.strictSame(rules(plan), [
      "+ ingress tcp/443 from anywhere",
      "+ egress any to anywhere (usual default)",
    ]);
  });
});
