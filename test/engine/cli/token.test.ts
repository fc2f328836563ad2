import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { cliBench } from "../../helpers/cli-bench.js";
import { temporaryFolder } from "../../helpers/example.js";

const YAML = `
provider: { openstack: { cloud: sandbox } }
resources:
  application_credential:
    ci: { roles: [member], expires_at: 2099-01-01T00:00:00Z, write_to: { openrc: ci.sh } }
`;

async function projectOf(authUrl: string, token: string): Promise<unknown> {
  const headers = { "x-auth-token": token, "x-subject-token": token };
  const answer = await fetch(`${authUrl.replace(/\/v3$/u, "")}/v3/auth/tokens`, { headers });
  const body = (await answer.json()) as { token: { project: { name: string } } };
  return body.token.project.name;
}

t.test("a token alone on standard output, or for programs", async (t) => {
  const bench = await cliBench(t, YAML);
  const { authUrl } = bench.cloud.sandbox;
  const plain = await bench.expect(0, "token");
  t.match(plain.stdout, /^\S+\n$/u);
  t.equal(plain.stderr, "");
  t.equal(await projectOf(authUrl, plain.stdout.trim()), "demo");

  const { token, ...rest } = JSON.parse((await bench.expect(0, "token", "--json")).stdout);
  t.equal(await projectOf(authUrl, token), "demo");
  t.match(rest, { cloud: { name: "sandbox" }, project: { name: "demo" }, user: { name: "demo" } });
  t.ok(Date.parse(rest.expires_at) > Date.now());
});

t.test("a shell that loads it forgets what an earlier rc file has left", async (t) => {
  const bench = await cliBench(t, YAML);
  const { stdout } = await bench.expect(0, "token", "--shell");
  const script = `OS_PASSWORD=old OS_CLOUD=old OS_USERNAME=old\n${stdout}\nset | grep ^OS_`;
  const left = String(execFileSync("/bin/sh", ["-c", script], { env: { PATH: process.env.PATH } }));
  t.match(left, /^OS_AUTH_TYPE='?v3token'?$/mu);
  t.match(left, /^OS_TOKEN='?\S+$/mu);
  t.match(left, /^OS_PROJECT_ID=/mu);
  t.notMatch(left, /old/u);
});

t.test("what reaching the cloud needs goes with the token", async (t) => {
  const bench = await cliBench(t, YAML);
  bench.write("cert.pem", "-----BEGIN CERTIFICATE-----");
  bench.write("key.pem", "-----BEGIN PRIVATE KEY-----");
  bench.write("ca.pem", "-----BEGIN CERTIFICATE-----");
  const files = { cacert: "ca.pem", cert: "cert.pem", key: "key.pem" };
  const paths = Object.entries(files).map(([key, it]) => [key, join(bench.cwd, it)] as const);
  const env = Object.fromEntries(paths.map(([key, it]) => [`OS_${key.toUpperCase()}`, it]));
  const shell = await bench.run(["token", "--shell"], { env });
  for (const [name, path] of Object.entries(env)) t.match(shell.stdout, `export ${name}='${path}'`);
  t.notMatch(shell.stdout, /^unset .*OS_(CERT|KEY)/mu);
  const json = JSON.parse((await bench.run(["token", "--json"], { env })).stdout);
  t.match(json.cloud, { ...Object.fromEntries(paths), interface: "public" });
  const bare = await bench.expect(0, "token", "--shell");
  t.match(bare.stdout, /^unset .*OS_CERT OS_KEY/mu);
});

t.test("an application credential of the configuration logs in by its file", async (t) => {
  const bench = await cliBench(t, YAML);
  const argv = ["token", "--credential", "application_credential.ci"];
  const unknown = await bench.expect(64, ...argv);
  t.match(unknown.stderr, "The state has no application_credential.ci.");
  await bench.expect(0, "apply", "--auto-approve");
  const { stdout } = await bench.expect(0, ...argv);
  t.equal(await projectOf(bench.cloud.sandbox.authUrl, stdout.trim()), "demo");
  const shell = await bench.expect(0, ...argv, "--shell");
  t.match(shell.stderr, "send it as X-Auth-Token");
  const moved = bench
    .read("ci.sh")
    .replace(/OS_AUTH_URL=.*/u, "OS_AUTH_URL='http://127.0.0.1:9/v3'");
  bench.write("ci.sh", moved);
  const { cloud } = JSON.parse((await bench.expect(0, ...argv, "--json")).stdout);
  t.match(cloud, { name: "sandbox", auth_url: bench.cloud.sandbox.authUrl }, "the cloud of now");
  rmSync(join(bench.cwd, "ci.sh"));
  t.match((await bench.expect(1, ...argv)).stderr, "is not in ci.sh any more");
});

t.test(
  "a credential logs in to the embedded cloud, whose address is another in each run",
  async (t) => {
    for (const place of ["openrc: ci.sh", "json: ci.json", "clouds_yaml: ci-clouds.yaml"]) {
      const cwd = temporaryFolder(t);
      const yaml = YAML.replace("cloud: sandbox", "sandbox: true").replace("openrc: ci.sh", place);
      writeFileSync(join(cwd, "main.yaml"), yaml);
      const applied = await runCli(["apply", "--auto-approve"], { cwd });
      t.equal(applied.code, 0, applied.stderr);
      const argv = ["token", "--credential", "application_credential.ci"];
      const { code, stdout, stderr } = await runCli(argv, { cwd });
      t.equal(code, 0, stderr);
      t.match(stdout, /^\S+\n$/u, place);
    }
  },
);

t.test("what is no credential, and two forms at once, are refused", async (t) => {
  const bench = await cliBench(t, YAML);
  const { stderr } = await bench.expect(64, "token", "--credential", "key_pair.x");
  t.match(stderr, "key_pair.x is nothing to log in with");
  t.match(stderr, "application_credential.NAME");
  t.equal((await bench.expect(64, "token", "--json", "--shell")).stdout, "");
});
