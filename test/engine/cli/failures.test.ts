import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { stringify } from "yaml";
import { startSandbox } from "../../../providers/sandbox/server.js";
import { runCli } from "../../helpers/cli.js";
import { cliBench } from "../../helpers/cli-bench.js";
import { temporaryFolder } from "../../helpers/example.js";

const yaml = "resources: { security_group: { web: {} } }\n";

const cloudsWith = (auth_url: string, password = "secret") =>
  stringify({
    clouds: {
      mine: { auth: { auth_url, username: "demo", password, project_name: "demo" } },
      other: {},
    },
  });

t.test(
  "a cloud that does not answer is told with its address, the cause and a remedy",
  async (t) => {
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, "main.yaml"), yaml);
    writeFileSync(join(cwd, "clouds.yaml"), cloudsWith("http://127.0.0.1:9/v3"));
    const { code, stdout, stderr } = await runCli(["plan", "--cloud", "mine"], {
      cwd,
      hurried: true,
    });
    t.strictSame([code, stdout], [1, ""]);
    t.match(stderr, "error[unreachable]: no answer from http://127.0.0.1:9");
    t.match(stderr, "the connection was refused");
    t.match(stderr, "Check the host, port and scheme");
  },
);

t.test("a wrong password is not authenticated, and is not printed", async (t) => {
  const bench = await cliBench(t, yaml);
  bench.write("clouds.yaml", cloudsWith(bench.cloud.sandbox.authUrl, "hunter2"));
  const env = { OS_CLIENT_CONFIG_FILE: "clouds.yaml", OS_CLOUD: "mine" };
  for (const argv of [["plan"], ["drift"], ["apply", "--auto-approve"]]) {
    const { code, stdout, stderr } = await bench.run(argv, { env });
    t.strictSame([code, stdout], [15, ""], argv.join(" "));
    t.match(stderr, "unauthenticated");
    t.notMatch(stderr, "hunter2");
  }
});

t.test("an unknown cloud is told with those that there are", async (t) => {
  const bench = await cliBench(t, yaml);
  const { stderr } = await bench.expect(1, "plan", "--cloud", "sandbx");
  t.match(stderr, 'there is no cloud "sandbx"');
  t.match(stderr, 'Did you mean "sandbox"?');
  t.match(stderr, "sandbox-reader");
  t.match(
    (await bench.expect(64, "plan", "--cloud", "sandbox", "--sandbox")).stderr,
    "--cloud and --sandbox exclude each other",
  );
});

t.test("the embedded cloud's data are one process's at a time", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const sandbox = await startSandbox({ dataFile: join(cwd, "portcullis.sandbox.json") });
  t.teardown(() => sandbox.close());
  const { code, stderr } = await runCli(["plan", "--sandbox"], { cwd });
  t.equal(code, 1);
  t.match(stderr, "portcullis.sandbox.json");
  t.match(stderr, String(process.pid));
});

t.test("files and folders that cannot be read are named, with the reason", async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  mkdirSync(join(cwd, "broken"));
  symlinkSync("nowhere", join(cwd, "broken", "main.yaml"));
  const cases: readonly (readonly [readonly string[], string | RegExp])[] = [
    [["validate", "--dir", "none"], /cannot read the folder .*none: there is no such folder/u],
    [["validate", "--dir", "main.yaml"], /cannot read the folder .*main.yaml: it is no folder/u],
    [["validate", "--dir", "broken"], "cannot read main.yaml: there is no such file"],
    [["validate", "--var-file", "none.yaml"], "cannot read none.yaml: there is no such file"],
    [["validate", "--var-file", "broken"], "cannot read broken: it is a folder"],
    [["plan", "--sandbox", "--out", "main.yaml/x"], "a file is where its folder should be"],
    [["plan", "--sandbox", "--state", "none/state.json"], "its folder does not exist"],
  ];
  for (const [argv, words] of cases) {
    const { code, stderr } = await runCli(argv, { cwd });
    t.equal(code, 1, argv.join(" "));
    t.match(stderr, words);
  }
});

const three = `resources:
  security_group:
    first: {}
    second: { rules: [{ ingress: ssh, from: security_group.first }] }
    alone: {}
`;

t.test("a failure stops only what depends on it, and the next run does the rest", async (t) => {
  let broken = true;
  const bench = await cliBench(
    t,
    `${three}  key_pair: { laptop: { private_key_file: a.pem, depends_on: [security_group.first] } }\n`,
    {
      onRequest: ({ method, path, body }) => {
        const isFirst = JSON.stringify(body ?? "").includes('"first"');
        if (broken && method === "POST" && path.endsWith("/security-groups") && isFirst) {
          throw new Error("cut");
        }
      },
    },
  );
  const { stdout } = await bench.expect(13, "apply", "--auto-approve");
  t.match(stdout, "Applied in part:");
  t.match(stdout, /1 failed, 2 skipped/u);
  t.match(stdout, /skipped: .*key_pair\.laptop/u);
  t.match(stdout, "apply again to do the rest");
  t.equal((await bench.cloud.hand.groups("alone")).length, 1);
  t.strictSame(await bench.cloud.hand.keyPairs(), []);
  broken = false;
  await bench.expect(0, "apply", "--auto-approve");
  await bench.expect(0, "plan", "--detailed-exitcode");
  for (const name of ["first", "second", "alone"])
    t.equal((await bench.cloud.hand.groups(name)).length, 1, name);
});

/** A cloud that does not tell its quotas: no plan can look at them. */
function untold({ path }: { readonly path: string }): void {
  if (path.includes("/quotas/")) throw new Error("cut");
}

t.test("a quota is told in the cloud's words; nothing done is an error, not a part", async (t) => {
  const bench = await cliBench(t, yaml, { quotas: { securityGroups: 1 }, onRequest: untold });
  const { stdout } = await bench.expect(1, "apply", "--auto-approve");
  t.match(stdout, "[quota]");
  t.match(stdout, "status 409");
  const other = await cliBench(t, three, { quotas: { securityGroups: 2 }, onRequest: untold });
  t.match((await other.expect(13, "apply", "--auto-approve")).stdout, "2 failed");
});

t.test("a failure while the default rules are removed leaves the group in the state", async (t) => {
  let broken = true;
  const bench = await cliBench(
    t,
    "resources: { security_group: { closed: { default_egress: false } } }\n",
    {
      onRequest: ({ method, path }) => {
        if (broken && method === "DELETE" && path.includes("security-group-rules")) {
          throw new Error("cut");
        }
      },
    },
  );
  const failed = await bench.run(["apply", "--auto-approve"]);
  t.ok([1, 13].includes(failed.code), failed.stdout);
  const [made] = await bench.cloud.hand.groups("closed");
  t.equal(made?.rules.length, 2);
  t.match(bench.state(), { instances: [{ address: "security_group.closed", id: made?.id }] });
  broken = false;
  await bench.expect(0, "apply", "--auto-approve");
  const after = await bench.cloud.hand.groups("closed");
  t.strictSame(
    after.map(({ id, rules }) => [id, rules]),
    [[made?.id, []]],
  );
  await bench.expect(0, "plan", "--detailed-exitcode");
});

t.test("no failure leaves a temporary file or a lock behind", async (t) => {
  const bench = await cliBench(t, yaml, { quotas: { securityGroups: 1 }, onRequest: untold });
  await bench.expect(1, "apply", "--auto-approve");
  t.strictSame(readdirSync(bench.cwd).sort(), [
    "main.yaml",
    "portcullis.state.json",
    "portcullis.state.json.backup",
  ]);
});
