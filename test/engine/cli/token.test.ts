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
