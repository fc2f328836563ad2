import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { stringify } from "yaml";
import { fromWorkingFolder } from "../../../engine/cli/working-folder.js";
import { cliBench } from "../../helpers/cli-bench.js";

const yaml = "resources: { security_group: { web: {} } }\n";

t.test("paths in OS_* variables are made absolute, and everything else is left", (t) => {
  const env = {
    OS_CLIENT_CONFIG_FILE: "clouds.yaml",
    OS_CACERT: "../ca.pem",
    OS_CERT: "/etc/cert.pem",
    OS_KEY: "~/key.pem",
    OS_CLOUD: "mine",
    OS_CLIENT_SECURE_FILE: "",
  };
  t.strictSame(fromWorkingFolder({ env, cwd: "/work/here" }, "/work/here"), {
    ...env,
    OS_CLIENT_CONFIG_FILE: "/work/here/clouds.yaml",
    OS_CACERT: "/work/ca.pem",
  });
  t.end();
});

t.test(
  "a configuration elsewhere is planned with the clouds of the working directory",
  async (t) => {
    const bench = await cliBench(t, yaml);
    mkdirSync(join(bench.cwd, "config"));
    writeFileSync(join(bench.cwd, "config", "main.yaml"), yaml);
    const clouds = stringify({ clouds: bench.cloud.sandbox.clouds });
    bench.write("clouds.yaml", clouds);
    const plan = ["plan", "--dir", "config", "--cloud", "sandbox"];
    const env = { OS_CLOUD: "", OS_CLIENT_CONFIG_FILE: "" };
    t.equal((await bench.run(plan, { env })).code, 0, "./clouds.yaml is found");
    const named = { ...env, OS_CLIENT_CONFIG_FILE: "clouds.yaml" };
    t.equal((await bench.run(plan, { env: named })).code, 0, "and where it is named");
    writeFileSync(join(bench.cwd, "config", "clouds.yaml"), "clouds: { sandbox: {} }\n");
    t.equal((await bench.run(plan, { env })).code, 0, "before that of the configuration's folder");
  },
);
