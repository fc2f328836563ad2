import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

const CREDENTIAL = "resources:\n  application_credential:\n    a:\n      roles: [member]\n";
const VARIABLE = "variables: { x: { type: string, sensitive: true, default: canary } }\n";

const MISTAKEN: Readonly<Record<string, string>> = {
  "a provider's password": "provider: { openstack: { cloud: x, password: canary } }",
  "a provider's log-in": "provider:\n  openstack:\n    auth: { a: canary }",
  "a default of another type":
    "variables:\n  x: { type: number, sensitive: true, default: canary }",
  "a default beside a mistake":
    "variables:\n  x: { type: string, sensitive: true, default: canary, y: 1 }",
  "a default that is no YAML": 'variables:\n  x: { sensitive: true, default: "canary\\q" }',
  "a secret that is no YAML": `${CREDENTIAL}      secret: @canary`,
  "a secret of lines that are no YAML": `${CREDENTIAL}      secret:\n        @canary`,
  "a misspelled secret": `${CREDENTIAL}      Secret: canary`,
  "a secret by another name": `${CREDENTIAL}      password: canary`,
  "a file of clouds that is no YAML": "clouds:\n  a:\n    auth:\n      password: @canary",
  "such a file as JSON": '{"clouds": {"a": {"auth": {"password": "canary\\q"}}}}',
  "a path": `${VARIABLE}outputs: { o: "\${file(var.x)}" }`,
  "a variable's name": `${VARIABLE}outputs: { o: "\${env(var.x)}" }`,
};

for (const [what, text] of Object.entries(MISTAKEN)) {
  t.test(`a mistake does not quote what is secret: ${what}`, async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, "main.yaml"), text);
    for (const argv of [["validate"], ["validate", "--json"], ["plan", "--sandbox"]]) {
      const { code, stdout, stderr } = await runCli(argv, { cwd: folder });
      t.equal(code, 1);
      t.notMatch(stdout + stderr, "canary");
    }
  });
}
