import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import t, { type Test } from "tap";
import { runCli } from "../../helpers/cli.js";
import { temporaryFolder } from "../../helpers/example.js";

/** Each delivery beside its own credential; the last is given, with what each format must escape. */
const CONFIGURATION = `
provider: { openstack: { sandbox: true } }
resources:
  key_pair:
    key: { private_key_file: key.pem }
  application_credential:
    yaml: { roles: [member], write_to: { clouds_yaml: yaml-clouds.yaml } }
    rc: { roles: [member], write_to: { openrc: rc-openrc.sh } }
    json: { roles: [member], write_to: { json: json.json } }
    env: { roles: [member], write_to: { env: env.env } }
    given:
      roles: [member]
      secret: { env: GIVEN }
      write_to: { clouds_yaml: given-clouds.yaml, openrc: given-openrc.sh, json: given.json, env: given.env }
`;

const GIVEN = `it's "odd", {größer} #1 \\ $x`;

async function applied(t: Test, configuration = CONFIGURATION) {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "portcullis.yaml"), configuration);
  const { code, stderr } = await apply(folder);
  t.equal(code, 0, stderr);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const write = (path: string, content: string | Uint8Array) =>
    writeFileSync(join(folder, path), content);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  return { folder, read, write, git };
}

function apply(folder: string) {
  return runCli(["apply", "--auto-approve"], { cwd: folder, env: { GIVEN } });
}

/** What is wrong, each as `PLACE: SUMMARY`. */
async function audit(folder: string) {
  const { stdout } = await runCli(["audit", "secrets", "--json"], { cwd: folder });
  const findings: readonly Finding[] = JSON.parse(stdout).findings;
  return findings
    .filter(({ status }) => status === "failed")
    .map(({ summary, facts }) => `${facts.at}: ${summary}`);
}

interface Finding {
  readonly status: string;
  readonly summary: string;
  readonly facts: { readonly at?: string };
}

const secretOf = (name: string) =>
  `an application credential's secret (application_credential.${name})`;

t.test("the secret of each kind of delivery is found bare", async (t) => {
  const { folder, read, write } = await applied(t);
  const spelled = /SECRET=['"]?([\w-]{64})|_secret: "([\w-]{64})|"secret": "([\w-]{64})/iu;
  const files = { yaml: "yaml-clouds.yaml", rc: "rc-openrc.sh", json: "json.json", env: "env.env" };
  t.strictSame(await audit(folder), []);
  for (const [name, path] of Object.entries(files)) {
    const [, ...groups] = spelled.exec(read(path)) ?? [];
    write("bare.txt", `\n${groups.find((it) => it !== undefined)}\n`);
    t.strictSame(await audit(folder), [`bare.txt:2: there is ${secretOf(name)}`], name);
  }
});

t.test(
  "a given secret is found as it is and as JSON spells it, whichever delivery is left",
  async (t) => {
    const { folder, write } = await applied(t);
    const names = ["given-clouds.yaml", "given-openrc.sh", "given.json", "given.env"];
    write("bare.txt", GIVEN);
    write("spelled.txt", JSON.stringify(GIVEN));
    for (const kept of names) {
      for (const name of names.filter((it) => it !== kept)) {
        renameSync(join(folder, name), join(folder, "..", name));
      }
      t.strictSame(
        await audit(folder),
        ["bare.txt", "spelled.txt"].map((it) => `${it}:1: there is ${secretOf("given")}`),
        kept,
      );
      for (const name of names.filter((it) => it !== kept)) {
        renameSync(join(folder, "..", name), join(folder, name));
      }
    }
  },
);

t.test("a copy of a delivery of another folder is found by its form", async (t) => {
  const { folder } = await applied(
    t,
    "provider: { openstack: { sandbox: true } }\nresources: {}\n",
  );
  const other = await applied(t);
  writeFileSync(join(folder, "stray.txt"), other.read("json.json"));
  t.strictSame(await audit(folder), ["stray.txt:4: there is an application credential's secret"]);
});

t.test("what an interrupted run has left is found, and what it is", async (t) => {
  const folder = temporaryFolder(t);
  const configuration = (command: string) => `
provider: { openstack: { sandbox: true } }
resources:
  key_pair:
    key: { private_key_command: [${command}] }
  application_credential:
    told: { roles: [member], write_to: { command: [${command}] } }
`;
  writeFileSync(join(folder, "portcullis.yaml"), configuration("'false'"));
  t.not((await apply(folder)).code, 0);
  const pending = readdirSync(folder).filter((it) => it.endsWith(".pending"));
  t.equal(pending.length, 2);
  const credential = pending.find((it) => it.startsWith("application_credential"));
  const { secret } = JSON.parse(readFileSync(join(folder, String(credential)), "utf8"));
  writeFileSync(join(folder, "bare.txt"), String(secret));
  const { stdout } = await runCli(["audit", "secrets", "--json"], { cwd: folder });
  t.notMatch(stdout, String(secret));
  t.match(
    JSON.parse(stdout).findings.filter((it: Finding) => it.status === "failed"),
    [
      {
        summary: `an interrupted run has left ${secretOf("told")}`,
        facts: { at: /^application_credential\.told\..*\.pending:4$/u },
        help: /portcullis apply/u,
      },
      { summary: `there is ${secretOf("told")}`, facts: { at: "bare.txt:1" } },
      {
        summary: "an interrupted run has left a private key (key_pair.key)",
        facts: { at: /^key_pair\.key\..*\.pending:/u },
      },
    ],
  );
  writeFileSync(join(folder, "portcullis.yaml"), configuration("'true'"));
  t.equal((await apply(folder)).code, 0);
  rmSync(join(folder, "bare.txt"));
  t.strictSame(await audit(folder), []);
});

t.test("secrets are found in UTF-16, in base64 and packed by gzip", async (t) => {
  const { folder, read, write } = await applied(t);
  const [key, { secret }] = [read("key.pem"), JSON.parse(read("json.json"))];
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
  const kinds: readonly (readonly [string, string | Uint8Array])[] = [
    ["little.log", utf16(`started\r\nsecret is ${secret}\r\n`)],
    ["big.log", utf16(`started\r\nsecret is ${secret}\r\n`).swap16()],
    ["secret.b64", `a: b\nc: ${base64(String(secret))}\n`],
    ["user.b64", `a: b\nc: ${base64(`u:${secret}`)}\n`],
    ["name.b64", `a: b\nc: ${base64(`me:${secret}`)}\n`],
    ["folded.b64", `\n${base64(`${"x".repeat(20)}${secret}`).replace(/.{64}/gu, "$&\n")}`],
    ["packed.gz", gzipSync(`\n${secret}\n`)],
  ];
  for (const [name, content] of kinds) {
    write(name, content);
    t.strictSame(await audit(folder), [`${name}:2: there is ${secretOf("json")}`], name);
    rmSync(join(folder, name));
  }
  const keys: readonly (readonly [string, string | Uint8Array])[] = [
    ["key.log", utf16(`started\r\n${key}`)],
    ["key.b64", `data:\n  key: ${base64(key)}\n`],
    ["folded.b64", `\n${base64(key).replace(/.{76}/gu, "$&\n")}`],
    ["part.b64", `\n${base64(`at ${key.split("\n").at(-3)}`)}`],
    ["packed.gz", gzipSync(`\n${key}`)],
  ];
  for (const [name, content] of keys) {
    write(name, content);
    t.strictSame(await audit(folder), [`${name}:2: there is a private key (key_pair.key)`], name);
    rmSync(join(folder, name));
  }
});

t.test(
  "a private key that belongs to nothing here is found in UTF-16 and base64 too",
  async (t) => {
    const { folder, write } = await applied(t);
    const { read } = await applied(t);
    const key = read("key.pem");
    write("a.log", Buffer.from(key, "utf16le"));
    write("b.yaml", `data: { key: ${Buffer.from(` ${key}`).toString("base64")} }\n`);
    t.strictSame(await audit(folder), [
      "a.log:1: there is a private key",
      "b.yaml:1: there is a private key",
    ]);
  },
);

t.test("messages of commits and tags, amended ones too", async (t) => {
  const { folder, read, git } = await applied(t);
  const { secret } = JSON.parse(read("json.json"));
  const [, other] = /SECRET=(\S+)/u.exec(read("env.env")) ?? [];
  git("init", "-q");
  git("add", "portcullis.yaml");
  git("commit", "-qm", `first\n\nOS_PASSWORD=hunter2hunter2\n${secret}`);
  git("commit", "-qm", "first", "--amend");
  git("tag", "-a", "v1", "-m", `\nfirst\n${other}`);
  t.strictSame(await audit(folder), [
    "the message of a commit:3: git remembers a password",
    `the message of a commit:4: git remembers ${secretOf("json")}`,
    `the message of tag v1:2: git remembers ${secretOf("env")}`,
  ]);
});
