import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { cliBench } from "../../helpers/cli-bench.js";
import { temporaryFolder } from "../../helpers/example.js";

const group = (description: string) =>
  `variables:
  port: { type: number, default: 22 }
resources:
  security_group:
    web:
      description: ${description}
      rules: [{ ingress: "tcp/\${var.port}", from: 10.0.0.0/8 }]
outputs:
  name: "\${security_group.web.name}"
`;

t.test("a plan is kept for this user alone, and applied without a question", async (t) => {
  const bench = await cliBench(t, group("one"));
  bench.write("change.plan", '{ "portcullis_plan": 0 }');
  chmodSync(join(bench.cwd, "change.plan"), 0o644);
  await bench.expect(0, "plan", "--out", "change.plan");
  t.equal(statSync(join(bench.cwd, "change.plan")).mode & 0o777, 0o600);
  t.match(JSON.parse(bench.read("change.plan")), { portcullis_plan: 1, destroy: false });
  const applied = await bench.expect(0, "apply", "change.plan");
  t.match(applied.stdout, "Applied: 1 created");
  await bench.expect(11, "apply", "change.plan");
  await bench.expect(0, "plan", "--out", "nothing.plan");
  t.match((await bench.expect(0, "apply", "nothing.plan")).stdout, "No changes");
});

t.test(
  "a plan file is shown with every detail, and for programs, and changes nothing",
  async (t) => {
    const bench = await cliBench(t, group("one"));
    const planned = await bench.expect(0, "plan", "--out", "change.plan", "--verbose");
    const { stdout } = await bench.expect(0, "show", "change.plan");
    t.equal(stdout, planned.stdout);
    const { stdout: json } = await bench.expect(0, "show", "change.plan", "--json");
    t.match(JSON.parse(json), {
      summary: { create: 1 },
      changes: [{ address: "security_group.web", action: "create" }],
    });
    t.match((await bench.expect(64, "show", "other.plan")).stderr, "The state has no other.plan.");
    t.match(
      (await bench.expect(1, "show", "main.yaml")).stderr,
      "main.yaml is no plan of Portcullis",
    );

    bench.write("change.plan", bench.read("change.plan").replace("Plan:", "Plan:\\u001b[2J"));
    t.notMatch(
      (await bench.expect(0, "show", "change.plan")).stdout,
      "\u001b",
      "nothing is obeyed",
    );
  },
);

t.test("an encrypted plan file is shown to who has the passphrase", async (t) => {
  const bench = await cliBench(t, group("one"));
  const env = { PORTCULLIS_STATE_PASSPHRASE: "nobody guesses this one" };
  await bench.run(["plan", "--out", "change.plan"], { env });
  t.match((await bench.run(["show", "change.plan"], { env })).stdout, "ingress tcp/22");
  const { stderr } = await bench.expect(1, "show", "change.plan");
  t.match(stderr, "no-passphrase");
});

t.test("a plan takes the place of no other file", async (t) => {
  const bench = await cliBench(t, group("one"));
  await bench.expect(0, "apply", "--auto-approve");
  bench.write("deploy.pem", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
  for (const path of ["deploy.pem", "main.yaml", "portcullis.state.json"]) {
    const before = bench.read(path);
    const { stderr } = await bench.expect(1, "plan", "--out", path);
    t.match(stderr, "another file is there");
    t.equal(bench.read(path), before);
  }
  bench.write("empty.plan", "");
  await bench.expect(0, "plan", "--out", "empty.plan");
});

t.test("a plan is stale when the files, the values, the state or the cloud changed", async (t) => {
  const bench = await cliBench(t, group("one"));
  await bench.expect(0, "apply", "--auto-approve");
  const planned = () => bench.expect(0, "plan", "--out", "change.plan", "--var", "port=23");
  const isStale = async (...more: readonly string[]) => {
    const { stderr } = await bench.expect(11, "apply", "change.plan", ...more);
    t.match(stderr, "plan-stale");
    t.match(stderr, "--var-file", "the remedy names what must be given again");
  };

  await planned();
  await isStale();
  await isStale("--var", "port=24");
  bench.write("main.yaml", group("two"));
  await isStale("--var", "port=23");

  bench.write("main.yaml", group("one"));
  await bench.expect(0, "state", "rm", "security_group.web");
  await isStale("--var", "port=23");
  await bench.cloud.hand.deleteGroups("web");
  await bench.expect(0, "apply", "--auto-approve");

  await planned();
  const [found] = await bench.cloud.hand.groups("web");
  const rule = await bench.cloud.hand.addRule(found?.id ?? "", 3389);
  await isStale("--var", "port=23");
  await bench.cloud.hand.deleteRule(rule);
  await bench.expect(0, "apply", "change.plan", "--var", "port=23");
});

t.test("a plan is stale when only an output changed", async (t) => {
  const bench = await cliBench(t, group("one"));
  await bench.expect(0, "plan", "--out", "change.plan");
  bench.write("main.yaml", group("one").replace("  name: ", "  other: "));
  await bench.expect(11, "apply", "change.plan");
});

t.test("a plan has no secret in it, and is stale all the same when a secret changed", async (t) => {
  const bench = await cliBench(
    t,
    "resources:\n  application_credential:\n    ci:\n      secret: { file: ci.secret }\n",
  );
  const secret = "correct horse battery staple";
  bench.write("ci.secret", secret);
  await bench.expect(0, "plan", "--out", "change.plan");
  t.notMatch(bench.read("change.plan"), secret);
  bench.write("ci.secret", `${secret}r`);
  await bench.expect(11, "apply", "change.plan");
  bench.write("ci.secret", secret);
  await bench.expect(0, "apply", "change.plan");

  bench.write("ci.secret", "another one");
  await bench.expect(0, "plan", "--out", "change.plan");
  bench.write("ci.secret", "yet another one");
  await bench.expect(11, "apply", "change.plan");
  t.notMatch(bench.read("change.plan"), "another one");
});

t.test("a plan remembers --destroy and --replace", async (t) => {
  const bench = await cliBench(t, group("one"));
  await bench.expect(0, "apply", "--auto-approve");
  const [before] = await bench.cloud.hand.groups("web");
  const replace = ["--replace", "security_group.web"];
  await bench.expect(0, "plan", ...replace, "--out", "replace.plan");
  await bench.expect(0, "apply", "replace.plan");
  const [after] = await bench.cloud.hand.groups("web");
  t.ok(before && after && before.id !== after.id);
  await bench.expect(0, "plan", "--destroy", "--out", "destroy.plan");
  await bench.expect(0, "apply", "destroy.plan");
  t.strictSame(await bench.cloud.hand.groups("web"), []);
});

t.test("a plan remembers --cloud and --sandbox", async (t) => {
  const bench = await cliBench(t, group("one"));
  const env = { OS_CLOUD: "sandbox-reader" };
  const plan = ["plan", "--cloud", "sandbox", "--out", "change.plan"];
  t.equal((await bench.run(plan, { env })).code, 0);
  t.equal((await bench.run(["apply", "change.plan"], { env })).code, 0);
  t.equal((await bench.cloud.hand.groups("web")).length, 1);

  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), group("one"));
  t.equal((await runCli(["plan", "--sandbox", "--out", "change.plan"], { cwd })).code, 0);
  const applied = await runCli(["apply", "change.plan"], { cwd });
  t.equal(applied.code, 0, applied.stderr);
  t.match(readFileSync(join(cwd, "portcullis.state.json"), "utf8"), '"name": "sandbox"');
});

t.test("what is no plan is refused, and nothing is asked of the cloud", async (t) => {
  let requests = 0;
  const bench = await cliBench(t, group("one"), {
    onRequest: () => {
      requests += 1;
    },
  });
  requests = 0;
  const texts = {
    "is not JSON": "resources: {}",
    "another format": '{"planned_values": {}}',
    damaged: '{"portcullis_plan": 1, "digest": "d"}',
    'line 3 has the key "destroy" a second time': `{"portcullis_plan": 1, "digest": "d", "salt": "s",
      "destroy": false, "replace": [],
      "destroy": true}`,
  };
  for (const [why, text] of Object.entries(texts)) {
    bench.write("foreign.plan", text);
    t.match((await bench.expect(1, "apply", "foreign.plan")).stderr, why);
  }
  t.match((await bench.expect(1, "apply", "none.plan")).stderr, "cannot read the plan none.plan");
  t.match((await bench.expect(1, "apply", ".")).stderr, "cannot read the plan .");
  t.equal(requests, 0);
});
