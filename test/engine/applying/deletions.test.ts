import t from "tap";
import { Engine, pending } from "../../helpers/engine.js";

const group = (body: string) => `resources:\n  security_group:\n    web: { ${body} }\n`;
const ranges = "  address_group:\n    office: { addresses: [192.0.2.0/24] }\n";
const BEFORE = { "main.yaml": group("rules: []") + ranges };
const AFTER = { "main.yaml": group("rules: []") };

t.test("what a rule names that state does not remember goes after the rule", async (t) => {
  await Engine.use({}, async (engine) => {
    await engine.apply(BEFORE);
    const instances = (await engine.store.read())?.instances ?? [];
    const idOf = (type: string) => instances.find((it) => it.address.type === type)?.id ?? "";
    await engine.connection.cloud.neutron.post("/security-group-rules", {
      security_group_rule: {
        security_group_id: idOf("security_group"),
        direction: "ingress",
        ethertype: "IPv4",
        remote_address_group_id: idOf("address_group"),
      },
    });
    await engine.apply(AFTER);
    t.strictSame(pending(await engine.plan(AFTER)), []);
  });
});
