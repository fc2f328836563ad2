import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { armor, Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import t from "tap";
import { cliBench } from "../../helpers/cli-bench.js";

const KEY = "resources: { key_pair: { web: { private_key_file: web.pem } } }\n";

const SSH = '"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBhYYHRurSn6DGrQL5qQOAPQl/2Z1/s0kFT0T2RUeqAQ"';

const publicHalf = (path: string) =>
  execFileSync("ssh-keygen", ["-y", "-f", path], { encoding: "utf8" });

t.test("a private key is replaced only where that is said, and then at once", async (t) => {
  const bench = await cliBench(t, KEY);
  const pem = join(bench.cwd, "web.pem");
  await bench.expect(0, "apply", "--auto-approve");
  const first = readFileSync(pem, "utf8");
  const asked = ["apply", "--auto-approve", "--replace", "key_pair.web"];
  const { stderr } = await bench.expect(1, ...asked);
  t.match(stderr, "web.pem still holds the private key that would be replaced");
  t.match(stderr, "--replace-secret-file web.pem");
  t.equal(readFileSync(pem, "utf8"), first);

  const { stdout } = await bench.expect(0, ...asked, "--replace-secret-file", pem);
  t.match(stdout, "private key goes to web.pem (new, ed25519)");
  t.not(readFileSync(pem, "utf8"), first);
  t.match(bench.read("portcullis.state.json"), publicHalf(pem).split(" ")[1] ?? "none");
  t.strictSame(
    readdirSync(bench.cwd).filter((it) => it.includes("web.pem")),
    ["web.pem"],
  );
  await bench.expect(0, "plan", "--detailed-exitcode", "--replace-secret-file", pem);
});

t.test("of a file in the way only the named one is replaced, whatever it holds", async (t) => {
  const bench = await cliBench(t, KEY);
  bench.write("web.pem", "precious");
  const { stderr } = await bench.expect(1, "plan");
  t.match(stderr, "secret-file-exists");
  t.match(stderr, "web.pem holds no private key");
  await bench.expect(
    0,
    "plan",
    "--out",
    "change.plan",
    "--replace-secret-file",
    join(bench.cwd, "web.pem"),
  );
  t.equal(bench.read("web.pem"), "precious", "a plan writes nothing");
  await bench.expect(0, "apply", "change.plan");
  t.match(bench.read("web.pem"), /^-----BEGIN OPENSSH PRIVATE KEY-----/u);
});

t.test(
  "a credential takes the place of a file, or of an entry alone, where that is said",
  async (t) => {
    const yaml =
      "resources: { application_credential: { ci: { write_to: { env: ci.env, clouds_yaml: clouds.yaml } } } }\n";
    const bench = await cliBench(t, yaml);
    bench.write("ci.env", "PRECIOUS=1\n");
    bench.write(
      "clouds.yaml",
      "clouds:\n  mine: { auth: { username: me } }\n  ci: { auth: { username: me } }\n",
    );
    const file = (name: string) => ["--replace-secret-file", join(bench.cwd, name)];
    const { stderr } = await bench.expect(1, "plan", ...file("ci.env"));
    t.match(stderr, "clouds.yaml (cloud ci) is taken");
    t.notMatch(stderr, "ci.env is taken");
    await bench.expect(0, "apply", "--auto-approve", ...file("ci.env"), ...file("clouds.yaml"));
    t.match(bench.read("ci.env"), /^OS_AUTH_TYPE=v3applicationcredential/u);
    t.match(bench.read("clouds.yaml"), /mine: \{ auth: \{ username: me/u);
    t.match(bench.read("clouds.yaml"), /ci:\n {4}auth_type: "v3applicationcredential"/u);
  },
);

t.test("a file that nothing is written to is a slip", async (t) => {
  const bench = await cliBench(t, KEY);
  const { stderr } = await bench.expect(1, "plan", "--replace-secret-file", "wbe.pem");
  t.match(stderr, "secret-file-unused");
  t.match(stderr, "wbe.pem");
});

t.test(
  "what has become of delivered files is told by plan, with the remedy, and is no change",
  async (t) => {
    const bench = await cliBench(
      t,
      `resources:
  key_pair: { web: { private_key_file: web.pem } }
  application_credential: { ci: { write_to: { env: ci.env, json: ci.json } } }
`,
    );
    await bench.expect(0, "apply", "--auto-approve");
    const at = (name: string) => join(bench.cwd, name);
    chmodSync(at("web.pem"), 0o644);
    rmSync(at("ci.env"));
    renameSync(at("ci.json"), at("moved.json"));
    symlinkSync("moved.json", at("ci.json"));
    const { stdout } = await bench.expect(0, "plan", "--detailed-exitcode");
    for (const words of [
      "warning[secret-file-exposed]: web.pem can be reached by others than its owner",
      "run `chmod 600 web.pem`",
      "warning[secret-file-lost]: ci.env is gone, where the secret was delivered",
      "portcullis apply --replace 'application_credential.ci'",
      "warning[secret-file-lost]: ci.json is a symbolic link now",
    ])
      t.match(stdout, words);
    const drift = await bench.expect(0, "drift");
    t.notMatch(drift.stdout, "secret-file-lost", "who watches the cloud need not have the files");
    t.match(drift.stdout, "secret-file-exposed");
    writeFileSync(at("ci.env"), "OS_APPLICATION_CREDENTIAL_ID=another\n");
    t.match((await bench.expect(0, "plan")).stdout, "ci.env does not hold the secret any more");
  },
);

t.test("a place that no secret may go to is told before anything is asked", async (t) => {
  const bench = await cliBench(t, KEY);
  symlinkSync("elsewhere", join(bench.cwd, "link.pem"));
  symlinkSync("/tmp", join(bench.cwd, "out"));
  const cases = [
    ["../web.pem", /secret-path-outside[\s\S]*\.\.\/web\.pem leads out of/u],
    ["out/web.pem", /secret-path-outside[\s\S]*out\/web\.pem leads out of[\s\S]*\/tmp\/web\.pem/u],
    ["link.pem", /secret-file-exists[\s\S]*a symbolic link/u],
    [".", /secret-file-exists[\s\S]*a folder/u],
  ] as const;
  for (const [path, words] of cases) {
    for (const declared of [
      `key_pair: { web: { private_key_file: ${path} } }`,
      `application_credential: { ci: { write_to: { env: ${path} } } }`,
    ]) {
      bench.write("main.yaml", `resources: { ${declared} }\n`);
      t.match((await bench.expect(1, "plan")).stderr, words);
      const said = ["--replace-secret-file", join(bench.cwd, path)];
      t.match((await bench.expect(1, "plan", ...said)).stderr, words, "said or not");
    }
  }
});

const node = (code: string) => `[${process.execPath}, -e, ${JSON.stringify(code)}]`;
const COPY =
  "require('fs').appendFileSync('given', require('fs').readFileSync(0, 'utf8') + '\\n---\\n')";
const BROKEN = "process.exit(2)";

for (const [what, declared] of [
  ["a private key", (command: string) => `key_pair: { web: { private_key_command: ${command} } }`],
  [
    "a credential",
    (command: string) => `application_credential: { web: { write_to: { command: ${command} } } }`,
  ],
] as const)
  t.test(`${what} is given to a command, and waits where that fails`, async (t) => {
    const yaml = (command: string) => `resources: { ${declared(command)} }\n`;
    const bench = await cliBench(t, yaml(node(BROKEN)));
    const planned = await bench.expect(0, "plan");
    t.match(planned.stdout, /goes to the command \S+node -e/u);
    const failed = await bench.expect(13, "apply", "--auto-approve");
    t.match(failed.stdout, "Applied in part: 1 in the cloud and not delivered yet");
    t.match(failed.stderr + failed.stdout, "node ended with 2");
    t.match(failed.stderr + failed.stdout, /kept in \S+\.pending, and the next apply delivers it/u);
    const waiting = readdirSync(bench.cwd).filter((it) => it.endsWith(".pending"));
    t.equal(waiting.length, 1);

    bench.write("main.yaml", yaml(node(COPY)));
    const again = await bench.expect(0, "plan");
    t.match(again.stdout, /created by an interrupted run at/u);
    t.notOk(existsSync(join(bench.cwd, "given")), "a plan runs nothing");
    await bench.expect(0, "apply", "--auto-approve");
    t.equal(bench.read("given").split("\n---\n").length, 2, "it is given once");
    t.match(bench.read("given"), /PRIVATE KEY|"secret"/u);
    t.strictSame(
      readdirSync(bench.cwd).filter((it) => it.endsWith(".pending")),
      [],
    );
    await bench.expect(0, "plan", "--detailed-exitcode");
    await bench.expect(0, "apply", "--auto-approve");
    t.equal(bench.read("given").split("\n---\n").length, 2, "and never again");
    const secret = bench.read("given").split("\n")[what === "a credential" ? 3 : 1] ?? "";
    t.notMatch(bench.read("portcullis.state.json"), secret);
  });

t.test(
  "a place that was taken meanwhile is told before the key of a killed run is delivered",
  async (t) => {
    let isTaken = false;
    // The file comes between the look at its place and the delivery.
    const bench = await cliBench(t, KEY, {
      onRequest: ({ method, path }) => {
        if (isTaken || method !== "POST" || !path.endsWith("/os-keypairs")) return;
        isTaken = true;
        bench.write("web.pem", "precious");
      },
    });
    const failed = await bench.expect(13, "apply", "--auto-approve");
    t.match(failed.stdout + failed.stderr, "web.pem is there already");
    t.match(failed.stdout + failed.stderr, /kept in web\.pem\.\w{8}\.pending/u);
    const { stderr } = await bench.expect(1, "plan");
    t.match(stderr, "the private key of an interrupted run waits to go there");
    t.equal(bench.read("web.pem"), "precious");
    const file = join(bench.cwd, "web.pem");
    await bench.expect(0, "apply", "--auto-approve", "--replace-secret-file", file);
    t.match(bench.read("portcullis.state.json"), publicHalf(file).split(" ")[1] ?? "none");
  },
);

t.test("what is encrypted is never on disk otherwise, and is not read back", async (t) => {
  const identity = await generateX25519Identity();
  const encrypt_to = `[${await identityToRecipient(identity)}]`;
  const yaml = `resources:
  key_pair: { web: { private_key_file: web.pem.age, encrypt_to: ${encrypt_to} } }
  application_credential: { ci: { write_to: { json: ci.json.age, encrypt_to: ${encrypt_to} } } }
`;
  const bench = await cliBench(t, yaml);
  const { stdout } = await bench.expect(0, "apply", "--auto-approve");
  t.match(stdout, /private key goes to web\.pem\.age, encrypted to age1…\S{8} \(new, ed25519\)/u);
  t.match(stdout, /secret is encrypted to age1…/u);
  const opened = async (path: string) => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return decrypter.decrypt(armor.decode(bench.read(path)), "text");
  };
  t.match(await opened("web.pem.age"), "OPENSSH PRIVATE KEY");
  const { secret }: { secret: string } = JSON.parse(await opened("ci.json.age"));
  t.match(secret, /^[\w-]{64}$/u);
  t.equal(secret.length, 64);
  await bench.expect(0, "plan", "--detailed-exitcode");

  const replaced = ["apply", "--auto-approve", "--replace", "application_credential.ci"];
  await bench.expect(0, ...replaced);
  t.not(JSON.parse(await opened("ci.json.age")).secret, secret, "its own file gives way");
  await bench.expect(1, "apply", "--auto-approve", "--replace", "key_pair.web");
  await bench.expect(0, "destroy", "--auto-approve");
  t.notOk(existsSync(join(bench.cwd, "ci.json.age")), "with the credential its file goes");
  t.ok(existsSync(join(bench.cwd, "web.pem.age")), "a private key stays");
  const { stderr } = await bench.expect(1, "plan");
  t.match(stderr, "web.pem.age is there already, and an encrypted private key is not read back");
});

t.test("what cannot be is told with its place", async (t) => {
  const bench = await cliBench(t, KEY);
  const cases = [
    ["key_pair: { a: { private_key_file: a.pem, encrypt_to: [age1q] } }", "bad-recipient"],
    [
      "key_pair: { a: { private_key_file: a.pem, private_key_command: [cat] } }",
      "exclude each other",
    ],
    ["key_pair: { a: { public_key_file: a.pub, encrypt_to: [SSH] } }", "nothing to encrypt"],
    ["key_pair: { a: { private_key_command: cat } }", "private_key_command"],
    ['key_pair: { a: { private_key_command: [""] } }', "begins with a program"],
    [
      "application_credential: { a: { write_to: { encrypt_to: [age1q] } } }",
      "secret-undeliverable",
    ],
    [
      "application_credential: { a: { write_to: { clouds_yaml: c.yaml, encrypt_to: [SSH] } } }",
      "ends in .age, and c.yaml does not",
    ],
  ] as const;
  for (const [declared, words] of cases) {
    bench.write("main.yaml", `resources: { ${declared.replace("SSH", SSH)} }\n`);
    const { stderr } = await bench.expect(1, "validate");
    t.match(stderr, words);
    t.match(stderr, "main.yaml:1:");
  }
});
