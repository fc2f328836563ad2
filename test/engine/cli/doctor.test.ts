import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { stringify } from "yaml";
import { isObject } from "../../../engine/model/value.js";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";
import { startSandboxCloud } from "../../helpers/sandbox-cloud.js";

const cloudWith = (auth: Record<string, string>) =>
  stringify({ clouds: { mine: { auth: { username: "demo", project_name: "demo", ...auth } } } });

/** `ok settings`, `failed log-in`: the steps of a doctor's JSON. */
function stepsOf(stdout: string): readonly string[] {
  const { findings } = JSON.parse(stdout);
  return findings.map((it: unknown) => (isObject(it) ? `${it.status} ${it.step}` : ""));
}

t.test("in an empty folder the doctor looks at the cloud of the environment", async (t) => {
  const { env } = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  const { code, stdout, stderr } = await runCli(["doctor"], {
    cwd,
    env: { ...env, OS_CLOUD: "sandbox" },
  });
  t.strictSame([code, stderr], [0, ""]);
  t.match(stdout, /^ok {7}settings: the cloud "sandbox" of \/.*clouds.yaml\n/u);
  t.match(stdout, /variables +OS_CLIENT_CONFIG_FILE, OS_CLOUD\n/u);
  t.match(stdout, /\nok {7}log-in: logged in as demo in the project demo\n/u);
  t.match(stdout, /microversions +2\.1 to 2\.\d+\n/u);
  t.match(stdout, /\nok {7}key pair: 0 key pairs there\n +key pairs +unlimited\n/u);
  t.match(
    stdout,
    /\nok {7}security group: 1 security group there\n +security groups +unlimited\n/u,
  );
  t.match(stdout, /\nAll is well\.\n$/u);
});

t.test("variables that another log-in has left are told as not used", async (t) => {
  const { env } = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  const left = { OS_PROJECT_NAME: "other", OS_USERNAME: "demo", OS_INTERFACE: "public" };
  const { stdout } = await runCli(["doctor"], {
    cwd,
    env: { ...env, OS_CLOUD: "sandbox", ...left },
  });
  t.match(stdout, /\n +variables +OS_CLIENT_CONFIG_FILE, OS_CLOUD, OS_INTERFACE\n/u);
  t.match(stdout, /\n +not used +OS_PROJECT_NAME, OS_USERNAME\n/u);
});

t.test("settings that do nothing are told, with what was probably meant", async (t) => {
  const { sandbox } = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  const entry = isObject(sandbox.clouds.sandbox) ? sandbox.clouds.sandbox : {};
  const idle = { compute_default_microversion: "2.79", regoin_name: "RegionOne" };
  writeFileSync(join(cwd, "clouds.yaml"), stringify({ clouds: { mine: { ...entry, ...idle } } }));
  const { code, stdout } = await runCli(["doctor", "--cloud", "mine"], { cwd });
  t.equal(code, 0);
  t.match(
    stdout.replaceAll(/\s+/gu, " "),
    "not used compute_default_microversion, regoin_name (did you mean region_name?)",
  );
  t.match(stdout, "but nothing is known here by the name regoin_name");

  const { auth } = entry;
  const rc = Object.entries(isObject(auth) ? auth : {}).map(([key, it]) => [
    `OS_${key.toUpperCase()}`,
    String(it),
  ]);
  const env = { ...Object.fromEntries(rc), OS_VOLUME_API_VERSION: "3", OS_PASWORD: "x" };
  const variables = await runCli(["doctor"], { cwd: temporaryFolder(t), env });
  t.match(
    variables.stdout.replaceAll(/\s+/gu, " "),
    "not used OS_PASWORD (did you mean OS_PASSWORD?), OS_VOLUME_API_VERSION",
  );
  t.match(variables.stdout, /\n +variables +OS_AUTH_URL, OS_PASSWORD, OS_PROJECT/u);
  const { OS_PASSWORD: _, ...without } = env;
  const failed = await runCli(["doctor"], { cwd: temporaryFolder(t), env: without });
  t.match(failed.stdout.replaceAll(/\s+/gu, " "), "Did you mean OS_PASSWORD by OS_PASWORD?");
});

t.test("the folder's configuration says which cloud, --cloud and --sandbox another", async (t) => {
  const { env } = await startSandboxCloud(t);
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), "provider: { openstack: { cloud: sandbox-reader } }\n");
  const declared = await runCli(["doctor"], { cwd, env });
  t.match(declared.stdout, /logged in as reader .* but with no role that may change anything/u);
  t.match(declared.stdout, /\n1 warning\n$/u);
  t.equal(declared.code, 0);
  const named = await runCli(["doctor", "--cloud", "sandbox"], { cwd, env });
  t.match(named.stdout, "logged in as demo");
  const embedded = await runCli(["doctor", "--sandbox", "--json"], { cwd, env });
  t.match(stepsOf(embedded.stdout), [
    "ok settings",
    "ok identity",
    "ok log-in",
    "ok compute",
    "ok network",
  ]);
});

t.test("a doctor stops where there is no further, and says why", async (t) => {
  const { sandbox } = await startSandboxCloud(t);
  const cases: readonly (readonly [string, number, readonly string[], RegExp])[] = [
    [cloudWith({ password: "x" }), 1, ["failed settings"], /missing: auth_url/u],
    [
      cloudWith({ auth_url: "http://127.0.0.1:9", password: "x" }),
      1,
      ["ok settings", "failed identity"],
      /the connection was refused/u,
    ],
    [
      cloudWith({ auth_url: new URL("/nowhere", sandbox.authUrl).href, password: "x" }),
      1,
      ["ok settings", "warning identity", "failed log-in"],
      /there is no Keystone v3 at auth_url/u,
    ],
    [
      cloudWith({ auth_url: sandbox.authUrl, password: "hunter2" }),
      15,
      ["ok settings", "ok identity", "failed log-in"],
      /the log-in of user \\"demo\\" was refused/u,
    ],
  ];
  for (const [clouds, exit, steps, said] of cases) {
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "clouds.yaml"), clouds);
    const { code, stdout } = await runCli(["doctor", "--json"], { cwd, hurried: true });
    t.equal(code, exit);
    t.strictSame(stepsOf(stdout), steps);
    t.match(stdout, said);
    t.notMatch(stdout, /hunter2/u);
  }
});

t.test("a configuration with mistakes is told as they are", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), "resources: [oops]\n");
  const { code, stdout, stderr } = await runCli(["doctor"], { cwd });
  t.strictSame([code, stdout], [1, ""]);
  t.match(stderr, "main.yaml:1:1");
});
