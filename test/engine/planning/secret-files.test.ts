import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

const REFUSED: Readonly<Record<string, readonly [resources: string, help: string]>> = {
  "two key pairs with one file": [
    `
  key_pair:
    g: { private_key_file: same.pem }
    h: { private_key_file: ./same.pem }`,
    "Give each its own path.",
  ],
  "a repeated key pair with a fixed file": [
    `
  key_pair:
    g: { for_each: [a, b], private_key_file: same.pem }`,
    "The path needs ${each.key}",
  ],
  "a key pair and a credential with one file": [
    `
  key_pair:
    g: { private_key_file: same }
  application_credential:
    h: { write_to: { env: same } }`,
    "Give each its own path.",
  ],
  "two credentials with one file": [
    `
  application_credential:
    g: { write_to: { openrc: same.sh } }
    h: { write_to: { env: same.sh } }`,
    "Give each its own path.",
  ],
  "two credentials with one entry of a clouds.yaml": [
    `
  application_credential:
    g: { write_to: { clouds_yaml: { path: same.yaml, cloud: ci } } }
    h: { write_to: { clouds_yaml: { path: same.yaml, cloud: ci } } }`,
    "Give each its own path",
  ],
};

const validate = (t: Test, resources: string) => {
  const cwd = temporaryFolder(t);
  writeFileSync(
    join(cwd, "p.yaml"),
    `provider: { openstack: { sandbox: true } }\nresources:${resources}\n`,
  );
  return runCli(["validate"], { cwd });
};

for (const [what, [resources, help]] of Object.entries(REFUSED)) {
  t.test(`${what}: refused, and both are named`, async (t) => {
    const { code, stderr } = await validate(t, resources);
    t.equal(code, 1);
    t.match(stderr, "secret-file-shared");
    t.match(stderr, "does too");
    t.match(stderr, help);
  });
}

t.test("credentials may share a clouds.yaml with an entry each", async (t) => {
  const { code, stderr } = await validate(
    t,
    `
  application_credential:
    g: { write_to: { clouds_yaml: same.yaml } }
    h: { write_to: { clouds_yaml: same.yaml } }`,
  );
  t.strictSame([code, stderr], [0, ""]);
});
