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

t.test("a group with the name of a key pair does not name the key pair", async (t) => {
  const twin = "resources:\n  security_group:\n    first: { name: twin }\n";
  const before = `${twin}  key_pair:
    a: { name: free, private_key_file: a.pem }
    b: { name: twin, private_key_file: b.pem, depends_on: [security_group.first] }
`;
  const after = "resources:\n  key_pair:\n    a: { name: twin, private_key_file: c.pem }\n";
  await Engine.use({}, async (engine) => {
    await engine.apply({ "main.yaml": before });
    await engine.apply({ "main.yaml": after });
    t.strictSame(pending(await engine.plan({ "main.yaml": after })), []);
  });
});
