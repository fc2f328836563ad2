import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { isObject } from "../../../engine/model/value.js";
import { runCli, typing } from "../../helpers/cli.js";
import { cliBench } from "../../helpers/cli-bench.js";
import { copyOfExample, EXAMPLE_NAMES } from "../../helpers/example.js";

const yaml = `resources:
  security_group:
    web: {}
`;

const STATE = "portcullis.state.json";

t.test("what apply writes verifies, for every example", async (t) => {
  for (const name of EXAMPLE_NAMES) {
    const cwd = copyOfExample(t, name);
    const applied = await runCli(["apply", "--auto-approve", "--sandbox"], { cwd });
    t.equal(applied.code, 0, applied.stderr);
    const { code, stdout } = await runCli(["state", "verify"], { cwd });
    t.equal(code, 0, `${name}: ${stdout}`);
    t.match(stdout, "All is well.", name);
  }
});

t.test("verify shows what it finds, for people and programs, and exits with 1", async (t) => {
  const bench = await cliBench(t, yaml);
  t.match((await bench.expect(0, "state", "verify")).stdout, "there is none");
  await bench.expect(0, "apply", "--auto-approve");
  chmodSync(join(bench.cwd, STATE), 0o644);
  const { stdout } = await bench.expect(1, "state", "verify");
  t.match(stdout, /failed\s+modes: others can use files of the state/u);
  t.match(stdout, /0644/u);
  t.match(stdout, /= help: portcullis state repair/u);
  t.match(stdout, /1 failed/u);
  const json: unknown = JSON.parse((await bench.expect(1, "state", "verify", "--json")).stdout);
  t.match(json, { ok: false });
  const findings = isObject(json) && Array.isArray(json.findings) ? json.findings : [];
  t.strictSame(
    findings.map(({ step }) => step),
    [
      "state",
      "backup",
      "journal",
      "addresses",
      "lineage",
      "serial",
      "modes",
      "copies",
      "leftovers",
      "staged",
      "pending",
      "identity",
      "ids",
      "attributes",
      "secrets",
    ],
  );
});

t.test(
  "verify names the secrets that wait, where the state knows of them and beside it",
  async (t) => {
    const bench = await cliBench(
      t,
      `resources:
  key_pair: { own: { private_key_file: keys/own.pem } }
`,
    );
    await bench.expect(0, "apply", "--auto-approve");
    t.match((await bench.expect(0, "state", "verify")).stdout, "no secret waits to be delivered");
    const mark = createHash("sha256").update("key_pair.own").digest("hex").slice(0, 8);
    const waiting = [`keys/own.pem.${mark}.pending`, "of-nobody.pem.01234567.pending"];
    for (const path of [...waiting, "notes.pending"]) bench.write(path, "secret");
    const { stdout } = await bench.expect(0, "state", "verify", "--json");
    t.notMatch(stdout, '"secret"');
    const { findings } = JSON.parse(stdout);
    t.match(
      findings.find(({ step }: { step: string }) => step === "staged"),
      { status: "warning", facts: { files: waiting }, help: /^portcullis apply delivers/u },
    );
  },
);

t.test("repair shows, asks and mends; the next plan goes on from there", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  t.match((await bench.expect(0, "state", "repair")).stdout, "There is nothing to repair.");
  const damaged = readFileSync(join(bench.cwd, STATE), "utf8").slice(0, -30);
  writeFileSync(join(bench.cwd, STATE), damaged);
  t.match((await bench.expect(1, "plan")).stderr, /state-unreadable.*state repair/su);

  t.match((await bench.expect(64, "state", "repair")).stderr, "There is no terminal to ask");
  const declined = await bench.run(["state", "repair"], { keyboard: typing("no\n") });
  t.equal(declined.code, 10, declined.stdout);
  t.equal(bench.read(STATE), damaged);

  const { stdout } = await bench.expect(0, "state", "repair", "--auto-approve");
  t.match(stdout, /cannot be read and is written anew from its\s+backup \(serial 1\)/u);
  t.match(stdout, /Lost: What was written to the state after serial 1/u);
  const [copy = ""] = readdirSync(bench.cwd).filter((it) => it.includes(".damaged-"));
  t.match(stdout, copy);
  t.equal(bench.read(copy), damaged);
  await bench.expect(0, "state", "verify");
  const plan = await bench.expect(0, "plan");
  t.match(`${plan.stdout}${plan.stderr}`, "already-exists", "what was lost is in the cloud");
});

t.test("a state verifies after what others depend on was forgotten", async (t) => {
  const rules = "[{ ingress: ssh, from: security_group.web }]";
  const bench = await cliBench(t, `${yaml}    database: { rules: ${rules} }\n`);
  await bench.expect(0, "apply", "--auto-approve");
  await bench.expect(0, "state", "rm", "security_group.web");
  await bench.expect(0, "state", "verify");
});
