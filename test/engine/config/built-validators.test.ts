import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { startCli } from "../../helpers/cli-process.js";
import { temporaryFolder } from "../../helpers/example.js";
import { BROKEN_SHAPES } from "./samples.js";

const LONG = "é".repeat(300);

/** Mistakes in what the provider's own types have. */
const OTHERS = [
  'provider: { openstack: { cloud: "" } }',
  "provider: { openstack: { cloud: a, sandbox: true } }",
  `resources: { security_group: { ${LONG}: {} } }`,
  `resources: { security_group: { x: { description: ${LONG} } } }`,
  "resources: { security_group: { x: { rules: [{ ingress: ssh, from: [] }] } } }",
  "resources: { security_group: { x: { rules: [{ ingress: ssh, egress: ssh }] } } }",
  "resources: { key_pair: { x: { algorithm: dsa, private_key_file: [] } } }",
  "resources: { application_credential: { x: { access_rules: [{ method: GETT }] } } }",
  "resources: { application_credential: { x: { expires_at: { in: 1, at: 2 } } } }",
  "resources: { address_group: { x: { addresses: {} } } }",
];

/** Those of both streams, in whatever order they came. */
const lines = (text: string) => text.split("\n").sort();

t.test("the built program finds the same mistakes as its sources do", async (t) => {
  const texts = [...BROKEN_SHAPES, ...OTHERS].values();
  const workers = Array.from({ length: 2 }, async () => {
    for (const text of texts) {
      const cwd = temporaryFolder(t);
      writeFileSync(join(cwd, "main.yaml"), text);
      const built = startCli(["validate"], { cwd });
      const { code } = await built.ended;
      const expected = await runCli(["validate"], { cwd });
      t.equal(code, expected.code, text);
      t.strictSame(lines(built.printed()), lines(expected.stdout + expected.stderr), text);
    }
  });
  await Promise.all(workers);
});
