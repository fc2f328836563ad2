import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { CANARY } from "../canaries.js";
import { openScene, type Scene } from "../scene.js";
import { core } from "../secret.js";

const CONFIGURATION = `
provider: { openstack: { cloud: good } }
variables:
  secret: { type: string, sensitive: true }
  number: { type: number, sensitive: true, default: 1 }
resources:
  application_credential:
    given: { roles: [member], secret: "\${var.secret}", write_to: { env: given.env } }
`;

const PASSWORD = core("password");
const SECRET = core("secret of a variable");

/** Files of clouds that cannot be read, by the variable that names them. */
const BROKEN_CLOUDS: readonly (readonly [string, string])[] = [
  ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: {password: ${PASSWORD}, : ]\n`],
  ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: "${PASSWORD}"\n`],
  ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: {password: {a: ${PASSWORD}}}\n`],
  ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: {pasword: ${PASSWORD}, auth_url: x}\n`],
  ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: {auth_url: "http://u:${PASSWORD}@x/"}\n`],
  ["OS_CLIENT_CONFIG_FILE", `{"clouds": {"good": {"auth": {"password": "${PASSWORD}"`],
  ["OS_CLIENT_SECURE_FILE", `clouds:\n  good:\n  ${PASSWORD}: [\n`],
  ["OS_CLIENT_VENDOR_FILE", `public-clouds: "${PASSWORD}"\n  - :`],
];

const BROKEN_VALUES = [
  `secret: [${SECRET}\nnumber: {${core("variable of a wrong type")}`,
  `secret: { a: ${SECRET} }`,
  `secret: ${SECRET}${SECRET}${SECRET}${SECRET}`,
  `number: ${core("variable of a wrong type")}\nsecret: a`,
  `secret: "${SECRET}\\u0007"`,
];

/** Of work/literal.yaml: secrets where they may not stand, or are used where they would be known. */
const BROKEN_CONFIGURATIONS = [
  `resources: {application_credential: {literal: {roles: [member], secret: ${SECRET}}}}`,
  `resources: {key_pair: {literal: {public_key: "ssh-ed25519 ${SECRET}"}}}`,
  `resources: {key_pair: {literal: {private_key_file: a.age, encrypt_to: ["AGE-SECRET-KEY-1${SECRET}"]}}}`,
  `resources: {security_group: {"a\${var.secret}": {}}}`,
  `resources: {security_group: {leak: {description: "\${var.secret}"}}}`,
  `resources: {security_group: {leak: {rules: [{ingress: "\${var.secret}"}]}}}`,
  `resources: {key_pair: {leak: {private_key_command: ["\${var.secret}"]}}}`,
  `resources: {key_pair: {leak: {private_key_file: "\${var.secret}"}}}`,
  `outputs: {leak: "\${var.secret}"}`,
  `resources: {application_credential: {literal: {secret: ${SECRET}\n`,
];

/** What is wrong is quoted, but for what is secret. */
export async function mistakes(t: Test): Promise<Scene> {
  const scene = await openScene(t, {
    name: "mistakes",
    configuration: CONFIGURATION,
    declared: { "work/literal.yaml": ["secretOfVariable"] },
  });
  const { give, fails, run } = scene;
  const values = ["--var", `secret=${CANARY.secretOfVariable}`];
  for (const [index, [name, text]] of BROKEN_CLOUDS.entries()) {
    const env = { [name]: give(`clouds-${index}.yaml`, text) };
    const debug = ["--debug", ...values];
    if (name === "OS_CLIENT_VENDOR_FILE") await run(["plan", ...debug], { env, within: true });
    else {
      await fails(["plan", ...debug], { env });
      await fails(["doctor", ...debug], { env, within: true });
    }
  }
  for (const [index, text] of BROKEN_VALUES.entries()) {
    const file = ["--var-file", give(`values-${index}.yaml`, text)];
    await fails(["validate", ...file], { within: true });
    await fails(["plan", ...file], { within: true });
  }
  await written(scene, values);
  for (const words of [["plan"], ["plan", "--json"], ["validate", "--json"]])
    await fails([...words, "--var", `number=${CANARY.variableOfWrongType}`, ...values]);
  await fails(["plan", "--var", `${CANARY.secretOfVariable}`]);
  return scene;
}

async function written({ run, work }: Scene, values: readonly string[]): Promise<void> {
  const literal = join(work, "literal.yaml");
  for (const text of BROKEN_CONFIGURATIONS) {
    writeFileSync(literal, text, { mode: 0o600 });
    for (const words of [["validate"], ["plan", "--json"], ["plan", "--verbose"]])
      await run([...words, ...values], { within: true });
    rmSync(literal);
  }
}
