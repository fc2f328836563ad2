import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

t.test("a type's own notes can neither be referred to nor are they offered", async (t) => {
  const cwd = temporaryFolder(t);
  const text = `provider: { openstack: { sandbox: true } }
resources:
  key_pair:
    web: { private_key_file: web.pem }
  application_credential:
    ci: { write_to: { env: ci.env } }
outputs:
  a: "\${key_pair.web.generated_public_key}"
  b: "\${application_credential.ci.unlike_all_others}"
`;
  writeFileSync(join(cwd, "p.yaml"), text);
  const { code, stderr } = await runCli(["validate"], { cwd });
  t.equal(code, 1);
  t.match(stderr, 'a key_pair has no attribute "generated_public_key"');
  t.match(stderr, 'an application_credential has no attribute "unlike_all_others"');
  t.notMatch(stderr, "occupied");
  t.notMatch(stderr, "private_key_problem");
});
