import { Ajv2020 } from "ajv/dist/2020.js";
import t from "tap";
import { openstack } from "../../../providers/openstack/provider.js";
import { providers } from "../../../providers/registry.js";

t.test("the registry lists OpenStack with its kinds", (t) => {
  t.strictSame(
    providers.map(({ name, types }) => [name, types.map((type) => type.name)]),
    [["openstack", ["key_pair", "address_group", "security_group", "application_credential"]]],
  );
  t.end();
});

t.test("the provider block names a cloud, or the embedded one, or nothing", (t) => {
  const isValid = new Ajv2020({ strict: true }).compile(openstack.schema);
  const rows: readonly (readonly [unknown, boolean])[] = [
    [{}, true],
    [{ cloud: "production" }, true],
    [{ sandbox: true }, true],
    [{ cloud: "production", sandbox: true }, false],
    [{ cloud: "" }, false],
    [{ cloud: 1 }, false],
    [{ region: "One" }, false],
  ];
  for (const [block, valid] of rows) t.equal(isValid(block), valid, JSON.stringify(block));
  t.end();
});
