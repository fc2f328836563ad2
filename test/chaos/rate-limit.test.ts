import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { startChaosProxy } from "../helpers/chaos-proxy.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { rateLimit } from "../helpers/rate-limit.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

const GROUPS = Array.from({ length: 30 }, (_, index) => `g${index}`);
const YAML = `resources:
  security_group:
    many: { for_each: [${GROUPS.join(", ")}], name: "\${each.key}", rules: [{ ingress: ssh }] }
`;
/** So many requests in so many milliseconds; whatever comes beyond is refused, with no word on when to come again. */
const [MOST, WINDOW] = [6, 400];

t.test(
  "a cloud that limits the rate and does not say for how long gets what it bears",
  async (t) => {
    const cloud = await startSandboxCloud(t);
    const target = new URL(cloud.sandbox.authUrl).origin;
    const isWithin = rateLimit(MOST, WINDOW);
    let refused = 0;
    const proxy = await startChaosProxy(t, target, () => {
      if (isWithin()) return { kind: "none" };
      refused += 1;
      return { kind: "rate" };
    });
    const clouds = join(temporaryFolder(t), "clouds.yaml");
    const file = cloud.env.OS_CLIENT_CONFIG_FILE ?? "";
    writeFileSync(clouds, readFileSync(file, "utf8").replaceAll(target, proxy.origin));
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), YAML);
    for (const command of ["apply", "destroy"]) {
      const argv = [command, "--auto-approve", ...cloud.options];
      const { code, stderr } = await runCli(argv, { cwd, env: { OS_CLIENT_CONFIG_FILE: clouds } });
      t.equal(code, 0, stderr);
    }
    t.ok(refused > 0, "it was limited");
    t.ok(refused < proxy.record.length / 2, `${refused} of ${proxy.record.length} were refused`);
  },
);
