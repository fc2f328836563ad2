import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { Change } from "../../../../engine/model/plan.js";
import { applicationCredential } from "../../../../providers/openstack/application-credential/type.js";
import type { Login } from "../../../../providers/openstack/cloud.js";
import { runCli } from "../../../helpers/cli.js";
import { temporaryFolder } from "../../../helpers/example.js";
import { anInstance, aResource, at } from "../../../helpers/plans.js";
import { startSandboxCloud } from "../../../helpers/sandbox-cloud.js";
import { scriptedKeystone } from "../../../helpers/scripted-keystone.js";

t.test("a role that the user has lost is told, as Keystone goes on listing it", async (t) => {
  const address = at("application_credential.ci");
  const roles = { member: "member", creator: "creator" };
  const change = (project: string): Change => ({
    action: "no-op",
    address,
    reason: "as declared",
    attributes: [],
    resource: aResource(address),
    instance: anInstance(address, { attributes: { name: "ci", roles, project_id: project } }),
  });
  const { cloud } = await scriptedKeystone(t);
  const codes = async (project: string, login: Partial<Login>) => {
    const asked = { ...cloud, login: { ...cloud.login, ...login } };
    const request = { change: change(project), unmanaged: [] };
    const found = (await applicationCredential.review?.(asked, request)) ?? [];
    return found.map((it) => `${it.severity} ${it.code}`);
  };
  const member = { id: "r1", name: "member" };
  const creator = { id: "r2", name: "creator" };
  t.strictSame(await codes("p1", { roles: [member] }), ["warning role-lost"]);
  t.strictSame(await codes("p1", { roles: [member, creator] }), []);
  t.strictSame(await codes("p2", { roles: [member] }), [], "another project has other roles");
  const applicationCredentialOfLogin = { id: "other", restricted: false };
  t.strictSame(
    await codes("p1", { roles: [member], applicationCredential: applicationCredentialOfLogin }),
    [],
    "a credential's log-in has fewer than its user",
  );
});

t.test(
  "access rules that outlive their credential do not stand in the way of the next",
  async (t) => {
    const cloud = await startSandboxCloud(t);
    const cwd = temporaryFolder(t);
    const declare = (name: string) =>
      writeFileSync(
        join(cwd, "main.yaml"),
        `resources:\n  application_credential:\n    ${name}:\n      write_to: { json: ${name}.json }\n      access_rules:\n        - { service: compute, method: GET, path: /v2.1/servers }\n`,
      );
    for (const name of ["first", "second", "first"]) {
      declare(name);
      const apply = await runCli(["apply", "--auto-approve", ...cloud.options], {
        cwd,
        env: cloud.env,
      });
      t.equal(apply.code, 0, apply.stderr);
      t.strictSame(await cloud.hand.credentials(), [name]);
    }
  },
);

t.test("a replacement has a new id and secret, delivered in the place of the old", async (t) => {
  const cloud = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  const declare = (description: string) =>
    writeFileSync(
      join(cwd, "main.yaml"),
      `resources:\n  application_credential:\n    robot:\n      description: ${description}\n      write_to: { json: robot.json }\n`,
    );
  const delivered = async (description: string) => {
    declare(description);
    const apply = await runCli(["apply", "--auto-approve", ...cloud.options], {
      cwd,
      env: cloud.env,
    });
    t.equal(apply.code, 0, apply.stderr);
    t.ok(existsSync(join(cwd, "robot.json")));
    const { id, secret }: { id: string; secret: string } = JSON.parse(
      readFileSync(join(cwd, "robot.json"), "utf8"),
    );
    return { id, secret };
  };
  const first = await delivered("one");
  const second = await delivered("two");
  t.not(second.id, first.id);
  t.not(second.secret, first.secret);
  t.strictSame(await cloud.hand.credentials(), ["robot"], "the old one is gone");
});

t.test("one that somebody deleted is planned anew, without the type's own notes", async (t) => {
  const cloud = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  writeFileSync(
    join(cwd, "main.yaml"),
    "resources:\n  application_credential:\n    robot:\n      roles: [member]\n      write_to: { json: robot.json }\n",
  );
  const run = (...argv: readonly string[]) =>
    runCli([...argv, ...cloud.options], { cwd, env: cloud.env });
  t.equal((await run("apply", "--auto-approve")).code, 0);
  await cloud.hand.deleteCredential("robot");
  const { stdout } = await run("plan");
  t.strictSame(stdout.match(/^ +\+ role .*$/gmu), ["      + role member"]);
  t.notMatch((await run("plan", "--json")).stdout, "occupied");
});
