import { renameSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { cliBench } from "../../helpers/cli-bench.js";

const guarded = (preventDestroy: boolean, name = "web") =>
  `resources:
  security_group:
    ${name}:
      lifecycle: { prevent_destroy: ${preventDestroy} }
`;

t.test(
  "prevent_destroy stops deletion, replacement and destroy, also without its block",
  async (t) => {
    const bench = await cliBench(t, guarded(true));
    await bench.expect(0, "apply", "--auto-approve");
    const stops = async (...argv: readonly string[]) => {
      const { stdout, stderr } = await bench.expect(14, ...argv);
      t.equal(stdout, "");
      t.match(stderr, "prevent-destroy");
      t.match(stderr, "security_group.web");
      t.match(stderr, "Set prevent_destroy to false, apply that");
    };
    for (const command of [["plan"], ["apply", "--auto-approve"]]) {
      await stops(...command, "--replace", "security_group.web");
    }
    await stops("plan", "--destroy");
    await stops("destroy", "--auto-approve");
    bench.write("main.yaml", "resources: { security_group: { other: {} } }\n");
    await stops("plan");
    await stops("apply", "--auto-approve");
    t.equal((await bench.cloud.hand.groups("web")).length, 1);
    t.strictSame(await bench.cloud.hand.groups("other"), [], "nothing else is done either");
  },
);

t.test("prevent_destroy is lifted by an apply of its own", async (t) => {
  const bench = await cliBench(t, guarded(true));
  await bench.expect(0, "apply", "--auto-approve");
  bench.write("main.yaml", guarded(false));
  await bench.expect(14, "destroy", "--auto-approve");
  await bench.expect(0, "apply", "--auto-approve");
  await bench.expect(0, "destroy", "--auto-approve");
  t.strictSame(await bench.cloud.hand.groups("web"), []);
});

t.test("ignore_changes leaves what somebody else decides", async (t) => {
  const yaml = (description: string) =>
    `resources:
  security_group:
    web:
      description: ${description}
      rules: [{ ingress: ssh, from: 10.0.0.0/8 }]
      lifecycle: { ignore_changes: [rules] }
`;
  const bench = await cliBench(t, yaml("one"));
  await bench.expect(0, "apply", "--auto-approve");
  const [found] = await bench.cloud.hand.groups("web");
  t.ok(
    found?.rules.some((it) => it.port_range_min === 22),
    "made whole",
  );
  await bench.cloud.hand.addRule(found?.id ?? "", 3389);
  await bench.expect(0, "plan", "--detailed-exitcode");
  bench.write("main.yaml", yaml("two"));
  await bench.expect(0, "apply", "--auto-approve");
  const [after] = await bench.cloud.hand.groups("web");
  t.equal(after?.description, "two");
  t.ok(after?.rules.some((it) => it.port_range_min === 3389));
});

t.test("--replace makes a key pair and a credential anew", async (t) => {
  const bench = await cliBench(
    t,
    `resources:
  key_pair: { laptop: { private_key_file: laptop.pem } }
  application_credential: { ci: { write_to: { json: ci.json } } }
`,
  );
  await bench.expect(0, "apply", "--auto-approve");
  const before = [bench.read("laptop.pem"), bench.read("ci.json")];
  const addresses = ["key_pair.laptop", "application_credential.ci"];
  const replace = addresses.flatMap((it) => ["--replace", it]);
  const refused = await bench.expect(1, "plan", ...replace);
  t.match(refused.stderr, "secret-file-exists", "a private key is never overwritten");
  renameSync(join(bench.cwd, "laptop.pem"), join(bench.cwd, "old.pem"));
  const { stdout } = await bench.expect(2, "plan", "--detailed-exitcode", ...replace);
  t.match(stdout, "it was asked for by --replace");
  await bench.expect(0, "apply", "--auto-approve", ...replace);
  const after = [bench.read("laptop.pem"), bench.read("ci.json")];
  for (const [index, text] of before.entries()) t.not(after[index], text);
  t.strictSame(await bench.cloud.hand.keyPairs(), ["laptop"]);
  t.strictSame(await bench.cloud.hand.credentials(), ["ci"]);
  await bench.expect(0, "plan", "--detailed-exitcode");
  const unknown = await bench.expect(64, "plan", "--replace", "key_pair.none");
  t.match(unknown.stderr, "No resource of the configuration has the address key_pair.none");
});

t.test("a variable's value comes from --var, --var-file and the environment", async (t) => {
  const bench = await cliBench(
    t,
    `variables:
  words: { type: string }
resources: { security_group: { web: { description: "\${var.words}" } } }
`,
  );
  const missing = await bench.expect(1, "plan");
  t.match(missing.stderr, "words");
  t.match(missing.stderr, '--var "words=..."');
  bench.write("values.vars.yaml", "words: from a file\n");
  const planned = async (
    words: string,
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ) => {
    const { code, stdout, stderr } = await bench.run(["plan", ...argv], { env });
    t.equal(code, 0, stderr);
    t.match(stdout, `"${words}"`);
  };
  const env = { PORTCULLIS_VAR_words: "from the environment" };
  await planned("from the environment", [], env);
  await planned("from a file", ["--var-file", "values.vars.yaml"], env);
  const both = ["--var-file", "values.vars.yaml", "--var", "words=from an option"];
  await planned("from an option", both, env);
  t.match((await bench.expect(1, "plan", "--var", "words")).stderr, 'write --var "name=value"');
  t.match((await bench.expect(1, "plan", "--var", "wrds=x")).stderr, "words");
});

t.test("the private keys of what was destroyed stay, and that is said", async (t) => {
  const bench = await cliBench(
    t,
    "resources: { key_pair: { laptop: { private_key_file: laptop.pem } } }\n",
  );
  t.notMatch((await bench.expect(0, "apply", "--auto-approve")).stdout, "stay on disk");
  const { stdout } = await bench.expect(0, "destroy", "--auto-approve");
  t.match(stdout, "Private keys that stay on disk: laptop.pem\n");
  t.match(bench.read("laptop.pem"), "PRIVATE KEY");
});
