import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

t.test("mistakes of form, of reference and of meaning are told in one go", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(
    join(cwd, "main.yaml"),
    `resources:
  security_group:
    web:
      descripton: typo
      rules:
        - { ingress: tcp/99999 }
        - { ingress: ssh, from: 10.0.0.0/33 }
        - { ingress: ssh, frm: 10.0.0.0/8 }
        - { ingress: ssh, from: security_group.nix }
  key_pair:
    a:
      public_key: garbage
      name: "\${var.nix}"
`,
  );
  const { code, stderr } = await runCli(["validate"], { cwd });
  t.equal(code, 1);
  const told = [
    ...stderr.matchAll(/^error\[(?<code>[a-z-]+)\][\s\S]*?--> main\.yaml:(?<line>\d+)/gmu),
  ];
  t.strictSame(
    told.map((it) => `${it.groups?.line} ${it.groups?.code}`),
    [
      "4 unknown-key",
      "6 bad-port",
      "7 bad-cidr",
      "8 unknown-key",
      "9 missing-reference",
      "12 bad-public-key",
      "13 missing-reference",
    ],
  );
  t.match(stderr, /7 errors/u);
});

t.test("a variable without a right value is one mistake, wherever it is used", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(
    join(cwd, "main.yaml"),
    `variables:
  l: { type: list(cidr) }
resources:
  security_group:
    web:
      rules:
        - { ingress: ssh, from: "\${var.l}" }
        - { direction: ingress, protocol: tcp, remote_ip_prefix: "\${var.l}" }
      tags: ["\${var.l}"]
`,
  );
  for (const [given, code] of [
    [[], "variable-missing"],
    [["--var", "l=[x]"], "variable-type"],
  ] as const) {
    const { stderr } = await runCli(["validate", ...given], { cwd });
    const codes = [...stderr.matchAll(/^error\[(?<code>[a-z-]+)\]/gmu)];
    t.strictSame(
      codes.map((it) => it.groups?.code),
      [code],
      stderr,
    );
  }
});

const AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/** The one mistake of each body, and its remedy. */
const ONE_MISTAKE: Readonly<Record<string, readonly [code: string, help: string]>> = {
  "application_credential: { x: { write_to: {} } }": [
    "wrong-value",
    '{"clouds_yaml":"clouds.yaml"}',
  ],
  "application_credential: { x: { write_to: { encrypt_to: [AGE] } } }": [
    "secret-undeliverable",
    "clouds_yaml: clouds.yaml",
  ],
  "application_credential: { x: { writ_to: { json: x.json } } }": ["unknown-key", '"write_to"'],
  "application_credential: { x: { write_to: { json: x.json }, expires_at: { at: 2027-01-01 } } }": [
    "unknown-key",
    '"2027-06-30" or {"in":"90d"}',
  ],
  "security_group: { x: { rules: [ssh] } }": ["wrong-type", '{"ingress":"ssh"'],
  "security_group: { x: { rules: ssh } }": ["wrong-type", '[{"ingress":"ssh"'],
  "key_pair: { x: { public_ky: ssh-ed25519 } }": ["unknown-key", '"public_key"'],
  "key_pair: { x: { public_key: [ssh-ed25519] } }": ["wrong-type", "ssh-ed25519 AAAA"],
  "key_pair: { x: { type: ssh } }": ["missing-key", "private_key_file"],
};

for (const [body, [code, help]] of Object.entries(ONE_MISTAKE))
  t.test(`${body} is one mistake, and is told with its remedy`, async (t) => {
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), `resources: { ${body.replace("AGE", AGE)} }\n`);
    const { stderr } = await runCli(["validate"], { cwd });
    const codes = [...stderr.matchAll(/^error\[(?<code>[a-z-]+)\]/gmu)];
    t.strictSame(
      codes.map((it) => it.groups?.code),
      [code],
      stderr,
    );
    t.ok(stderr.includes(help), stderr);
  });

t.test("a file that cannot be read is one mistake among the others", async (t) => {
  const cwd = temporaryFolder(t);
  symlinkSync("nowhere.yaml", join(cwd, "dangling.yaml"));
  writeFileSync(join(cwd, "main.yaml"), "resources: {security_group: {x: {stateful: 1}}}\n");
  const { code, stderr } = await runCli(["plan"], { cwd });
  t.equal(code, 1);
  t.match(stderr, /^error\[file-missing\]: cannot read dangling\.yaml: there is no such file/mu);
  t.match(stderr, /^error\[wrong-type\]: "stateful" must be true or false/mu);
  t.match(stderr, /2 errors/u);
});
