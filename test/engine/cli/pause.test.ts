import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { startChaosProxy } from "../../helpers/chaos-proxy.js";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";
import { startSandboxCloud } from "../../helpers/sandbox-cloud.js";

const YAML = "resources: { security_group: { web: { rules: [{ ingress: ssh }] } } }\n";

t.test("a pause that the cloud asks for is told on standard error, in each command", async (t) => {
  const cloud = await startSandboxCloud(t);
  const target = new URL(cloud.sandbox.authUrl).origin;
  let isRefused = false;
  const proxy = await startChaosProxy(t, target, (meaning) => {
    if (isRefused || meaning.includes("/auth/tokens")) return { kind: "none" };
    isRefused = true;
    return { kind: "refusal", status: 429, retryAfter: "60", reached: false };
  });
  const clouds = join(temporaryFolder(t), "clouds.yaml");
  const file = cloud.env.OS_CLIENT_CONFIG_FILE ?? "";
  writeFileSync(clouds, readFileSync(file, "utf8").replaceAll(target, proxy.origin));
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), YAML);
  const commands = [["plan"], ["apply", "--auto-approve"], ["drift"], ["plan", "--json"]];
  for (const command of commands) {
    isRefused = false;
    const { code, stdout, stderr } = await runCli([...command, ...cloud.options], {
      cwd,
      env: { OS_CLIENT_CONFIG_FILE: clouds },
      hurried: true,
    });
    t.equal(code, 0, stderr);
    t.match(stderr, "the cloud asks for a pause (429): waiting 60 s.", command.join(" "));
    t.notMatch(stdout, "asks for a pause", "the output stays as it is");
  }
});
