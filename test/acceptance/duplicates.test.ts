import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { rawSession } from "../helpers/raw-client.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

const GROUPS = "/networking/v2.0/security-groups";
const YAML = "resources:\n  security_group:\n    web: { description: public }\n";

/** A cloud that loses requests for groups and gets them late. */
async function lateCloud(t: Test) {
  const lost: unknown[] = [];
  const sent: unknown[] = [];
  let loses = true;
  const cloud = await startSandboxCloud(t, {
    onRequest: ({ method, path, body }) => {
      if (method !== "POST" || path !== GROUPS || !isObject(body)) return;
      sent.push(body);
      if (!loses) return;
      lost.push(body);
      throw new Error("cut");
    },
  });
  const hand = await rawSession(String(cloud.env.OS_CLIENT_CONFIG_FILE), "sandbox");
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), YAML);
  const land = async (bodies: readonly unknown[]) => {
    for (const body of bodies) {
      await hand.send("POST", `${hand.network}/v2.0/security-groups`, body);
    }
  };
  return {
    run: async (...argv: readonly string[]) => {
      const options = { cwd, env: cloud.env, hurried: true };
      const { code, stdout, stderr } = await runCli([...argv, ...cloud.options], options);
      return { code, said: `${stdout}${stderr}`.replaceAll(/\s+/gu, " ") };
    },
    recover: () => {
      loses = false;
    },
    landLost: () => land(lost),
    landAgain: () => land(sent.slice(0, 1)),
    ids: async () => (await cloud.hand.groups("web")).map((it) => it.id),
    addRule: (id: string) => cloud.hand.addRule(id, 22),
  };
}

t.test("of what an interrupted run made several times one is kept", async (t) => {
  const { run, recover, landLost, ids } = await lateCloud(t);
  t.not((await run("apply", "--auto-approve")).code, 0);
  recover();
  await landLost();
  const [kept, ...others] = await ids();
  t.equal(others.length, 4, "one for each attempt");
  const plan = await run("plan");
  const reason = `more than once: ${others.join(", ")} will be deleted`;
  t.match(plan.said, reason);
  t.equal((await run("apply", "--auto-approve")).code, 0);
  t.strictSame(await ids(), [kept]);
  t.equal((await run("plan", "--detailed-exitcode")).code, 0);
});

t.test("a destruction finds all that an interrupted run made", async (t) => {
  const { run, recover, landLost, ids } = await lateCloud(t);
  t.not((await run("apply", "--auto-approve")).code, 0);
  recover();
  await landLost();
  t.equal((await run("destroy", "--auto-approve")).code, 0);
  t.strictSame(await ids(), []);
});

t.test("one that lands when nobody looks any more is warned of by a plan", async (t) => {
  const { run, recover, landAgain, ids, addRule } = await lateCloud(t);
  recover();
  t.equal((await run("apply", "--auto-approve")).code, 0);
  const [kept] = await ids();
  await landAgain();
  const late = (await ids()).find((it) => it !== kept) ?? "";
  const plan = await run("plan", "--detailed-exitcode");
  t.equal(plan.code, 0, "there is nothing to change");
  t.match(plan.said, "warning[possible-duplicate]");
  t.match(plan.said, `openstack security group delete ${late}`);
  await addRule(late);
  t.notMatch((await run("plan")).said, "possible-duplicate", "somebody uses it");
});
