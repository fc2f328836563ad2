import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

/** A group that a port uses. */
async function withUsedGroup(t: Test) {
  const cloud = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), "resources:\n  security_group:\n    web: {}\n");
  const run = async (...argv: readonly string[]) => {
    const options = { cwd, env: cloud.env, hurried: true };
    const { code, stdout, stderr } = await runCli([...argv, ...cloud.options], options);
    return { code, said: `${stdout}${stderr}`.replaceAll(/\s+/gu, " ") };
  };
  t.equal((await run("apply", "--auto-approve")).code, 0);
  const [group] = await cloud.hand.groups("web");
  const free = await cloud.hand.putOnPort(group?.id ?? "");
  return { run, free, cwd };
}

const pausesIn = (said: string) => said.match(/waits, \d+ s at the most/gu)?.length ?? 0;

t.test("a group in use is waited for as long as the user says", async (t) => {
  const { run, free } = await withUsedGroup(t);
  const rows = [
    [["--wait", "0"], 0, "at once"],
    [["--wait=5s"], 3, "1, 2 and 2 seconds"],
    [[], 7, "a minute"],
    [["--wait", "10m"], 43, "longer"],
  ] as const;
  for (const [option, pauses, what] of rows) {
    const { code, said } = await run("destroy", "--auto-approve", ...option);
    t.equal(code, 1);
    t.equal(pausesIn(said), pauses, what);
    t.match(said, /the security group is in use by port [0-9a-f-]{36}/u);
    t.match(said, "--wait waits longer for it");
  }
  await free();
  t.equal((await run("destroy", "--auto-approve", "--wait", "0")).code, 0);
});

t.test("an apply that removes a group waits as well", async (t) => {
  const { run, free, cwd } = await withUsedGroup(t);
  writeFileSync(join(cwd, "main.yaml"), "resources: {}\n");
  const refused = await run("apply", "--auto-approve", "--wait", "1m30s");
  t.match(refused.said, "waits, 90 s at the most: in use by port");
  await free();
  t.equal((await run("apply", "--auto-approve")).code, 0);
});

t.test("what is no duration is refused", async (t) => {
  const { run } = await withUsedGroup(t);
  const refused = await run("destroy", "--auto-approve", "--wait", "soon");
  t.equal(refused.code, 64);
  t.match(refused.said, "It takes a duration such as 90s, 5m or 1h30m.");
});
