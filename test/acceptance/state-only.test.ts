import { existsSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";
import { benchOn } from "./bench.js";

const bench = (t: Test) => benchOn(t, startSandboxCloud);

const group = (extra: string, output: string) => `resources:
  security_group:
    web:
      rules: [{ ingress: https }]
${extra}outputs:
  greeting: ${output}
`;

t.test("an output that changes is a change, though the cloud has none", async (t) => {
  const it = await bench(t);
  it.declare(group("", "hello"));
  await it.apply();
  await it.planIsEmpty();
  it.declare(group("", "goodbye"));
  const plan = await it.run("plan", "--detailed-exitcode");
  t.equal(plan.code, 2);
  t.match(plan.stdout, /output greeting {2}"hello" → "goodbye"/u);
  await it.apply();
  await it.planIsEmpty();
});

t.test("protection that is put on or taken off is a change", async (t) => {
  const it = await bench(t);
  it.declare(group("", "x"));
  await it.apply();
  it.declare(group("      lifecycle: { prevent_destroy: true }\n", "x"));
  const plan = await it.run("plan", "--detailed-exitcode");
  t.equal(plan.code, 2);
  t.match(plan.stdout, /security_group\.web {2}prevent_destroy: it is protected from now on/u);
  await it.apply();
  await it.planIsEmpty();
  t.equal((await it.run("destroy", "--auto-approve")).code, 14);
  it.declare(group("", "x"));
  await it.apply();
});

t.test("the default group is declared once at most", async (t) => {
  const it = await bench(t);
  it.declare(`resources:
  security_group:
    a: { name: default }
    b: { name: default }
`);
  const plan = await it.run("plan");
  t.equal(plan.code, 1);
  t.match(plan.stderr, /duplicate-name[\s\S]*main\.yaml:4[\s\S]*main\.yaml:3/u);
  it.declare("resources: {}\n");
});

t.test("an egress rule whose list is empty never opens all egress", async (t) => {
  const it = await bench(t);
  const declare = (partners: string) =>
    it.declare(`variables:
  partners: { type: list, default: ${partners} }
resources:
  security_group:
    web:
      rules: [{ egress: https, to: "\${var.partners}" }]
`);
  declare("[10.0.0.0/8]");
  await it.apply();
  declare("[]");
  const plan = await it.run("plan");
  t.match(plan.stdout, /empty-rule/u);
  t.notMatch(plan.stdout, /\+ egress/u);
  await it.apply();
  const [found] = await it.cloud.hand.groups("web");
  t.strictSame(found?.rules, []);
});

t.test("drift tells an expired credential, and changes that are not applied", async (t) => {
  const it = await bench(t);
  const declare = (more: string) =>
    it.declare(`resources:
  application_credential:
    robot:
      expires_at: { in: 2s }
      write_to: { json: robot.json }
${more}`);
  declare("");
  await it.apply();
  await new Promise((done) => setTimeout(done, 2100));
  const drift = await it.run("drift");
  t.equal(drift.code, 3);
  t.match(drift.stdout, /expired/u);
  declare("  security_group:\n    new: {}\n");
  const both = await it.run("drift");
  t.equal(both.code, 4);
  t.match(both.stdout, /1 change of the configuration is not applied/u);
});

t.test("a rule added by hand offends the line of the rules, not of one of them", async (t) => {
  const it = await bench(t);
  it.declare(`resources:
  security_group:
    web:
      rules:
        - { ingress: https }
        - { ingress: http }
`);
  await it.apply();
  const [found] = await it.cloud.hand.groups("web");
  await it.cloud.hand.addRule(found?.id ?? "", 3389);
  t.match((await it.run("drift")).stdout, /ingress tcp\/3389[^\n]*main\.yaml:4/u);
});

t.test("a credential that is gone leaves no file of its secret", async (t) => {
  const it = await bench(t);
  it.declare(`resources:
  application_credential:
    robot: { write_to: { json: robot.json } }
`);
  await it.apply();
  await it.cloud.hand.deleteCredential("robot");
  t.ok(existsSync(join(it.cwd, "robot.json")));
  t.equal((await it.run("destroy", "--auto-approve")).code, 0);
  t.notOk(existsSync(join(it.cwd, "robot.json")));
});
