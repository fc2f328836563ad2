import { execFile } from "node:child_process";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { cliBench } from "../../helpers/cli-bench.js";
import { startCli } from "../../helpers/cli-process.js";
import { temporaryFolder } from "../../helpers/example.js";

const yaml = "resources: { security_group: { web: {} } }\n";
const OPENSTACK = "/usr/bin/openstack";

t.test("the embedded cloud is never chosen silently", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  for (const argv of [["plan"], ["drift"], ["apply", "--auto-approve"]]) {
    const { code, stdout, stderr } = await runCli(argv, { cwd, env: { HOME: cwd } });
    t.strictSame([code, stdout], [1, ""]);
    t.match(stderr, "no cloud is described");
    t.match(stderr, "clouds.yaml");
    t.match(stderr, "OS_AUTH_URL");
    t.match(stderr, "provider: {openstack: {sandbox: true}}");
    t.match(stderr, "--sandbox");
  }
  t.notOk(existsSync(join(cwd, "portcullis.sandbox.json")));
});

t.test("`sandbox` serves other clients until Ctrl-C, and says how", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const server = startCli(["sandbox"], { cwd });
  t.teardown(() => server.child.kill("SIGKILL"));
  while (!server.printed().includes("OS_CLOUD")) {
    await new Promise((resolve) => server.child.stdout?.once("data", resolve));
  }
  const clouds = join(cwd, "portcullis.sandbox-clouds.yaml");
  t.match(server.printed(), /listens on http:\/\/127\.0\.0\.1:\d+\/identity\/v3 until Ctrl-C/u);
  t.match(server.printed(), `export OS_CLIENT_CONFIG_FILE=${clouds} OS_CLOUD=sandbox`);
  t.equal(statSync(clouds).mode & 0o777, 0o600);
  const env = { OS_CLIENT_CONFIG_FILE: clouds, OS_CLOUD: "sandbox" };
  const applied = await runCli(["apply", "--auto-approve"], { cwd, env });
  t.equal(applied.code, 0, applied.stderr);

  await t.test(
    "the openstack client lists its groups",
    { skip: !existsSync(OPENSTACK) },
    async (t) => {
      const list = ["security", "group", "list", "-f", "value", "-c", "Name"];
      const { stdout } = await promisify(execFile)(OPENSTACK, list, {
        env: { ...env, PATH: process.env.PATH, HOME: cwd },
      });
      t.strictSame(stdout.trim().split("\n").sort(), ["default", "web"]);
    },
  );

  server.child.kill("SIGINT");
  t.strictSame(await server.ended, { code: 0, signal: null });
  const again = await runCli(["plan", "--sandbox", "--detailed-exitcode"], { cwd });
  t.equal(again.code, 0, "what it kept is the folder's embedded cloud");
});

t.test("a port in use and data that cannot be kept are told", async (t) => {
  const cwd = temporaryFolder(t);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  t.teardown(() => other.close());
  const { port } = other.address() as AddressInfo;
  const taken = await runCli(["sandbox", "--port", String(port)], { cwd });
  t.equal(taken.code, 64);
  t.match(taken.stderr, `Port ${port} of 127.0.0.1 cannot be had`);
  const nowhere = await runCli(["sandbox", "--data", "none/data.json"], { cwd });
  t.equal(nowhere.code, 1);
  t.match(nowhere.stderr, "none/data.json: its folder does not exist");
  writeFileSync(join(cwd, "file"), "");
  t.equal((await runCli(["sandbox", "--clouds", "file/clouds.yaml"], { cwd })).code, 1);
});

t.test("a state of another cloud is refused, and no embedded cloud is left behind", async (t) => {
  const bench = await cliBench(t, yaml);
  await bench.expect(0, "apply", "--auto-approve");
  const { stderr } = await bench.expect(1, "plan", "--sandbox");
  t.match(stderr, "wrong-cloud");
  t.notOk(existsSync(join(bench.cwd, "portcullis.sandbox.json")));
});
