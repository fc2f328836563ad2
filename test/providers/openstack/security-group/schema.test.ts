import { Ajv2020 } from "ajv/dist/2020.js";
import t from "tap";
import type { ValueObject } from "../../../../engine/model/value.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";

const validate = new Ajv2020({ strict: false, allErrors: true }).compile({
  ...securityGroup.schema,
});

function mistakes(body: ValueObject): readonly string[] {
  validate(body);
  const told = validate.errors?.filter((it) => it.keyword !== "if") ?? [];
  return told.map((it) => `${it.instancePath} ${it.keyword}`);
}

t.test("what the language has", async (t) => {
  const bodies: readonly ValueObject[] = [
    {},
    { name: "web", description: "", stateful: false, tags: ["a"], default_egress: false },
    { rules: [{ ingress: "ssh" }, { egress: ["http", 112], to: ["10.0.0.0/8"], family: "ipv4" }] },
    { rules: [{ direction: "ingress", protocol: 6, port_range_min: 1, port_range_max: 2 }] },
    { rules: [{ direction: "egress", ethertype: "IPv6", remote_group: "security_group.web" }] },
  ];
  for (const body of bodies) t.strictSame(mistakes(body), [], JSON.stringify(body));
});

t.test("what it has not is told once, at its place", async (t) => {
  const rows: readonly (readonly [ValueObject, string])[] = [
    [{ nam: "web" }, " additionalProperties"],
    [{ tags: [1] }, "/tags/0 type"],
    [{ rules: {} }, "/rules type"],
    [{ rules: ["ssh"] }, "/rules/0 type"],
    [{ rules: [{ ingress: "ssh", form: "10.0.0.0/8" }] }, "/rules/0 additionalProperties"],
    [{ rules: [{ ingress: "ssh", from: null }] }, "/rules/0/from type"],
    [{ rules: [{ direction: "ingress", from: "self" }] }, "/rules/0 additionalProperties"],
    [{ rules: [{ direction: "in" }] }, "/rules/0/direction enum"],
  ];
  for (const [body, mistake] of rows) {
    t.strictSame(mistakes(body), [mistake], JSON.stringify(body));
  }
});
