import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import t, { type Test } from "tap";
import { noTerminal } from "../helpers/terminal-process.js";
import { commandsOf } from "./commands.js";
import { deliveredSecrets, isDelivery } from "./delivered.js";
import { type Latin, latin } from "./forms.js";
import { CANARY } from "./planted.js";
import { scan } from "./scan.js";
import { openStage, type Stage } from "./stage.js";
import { recordWritten } from "./written.js";

const CURRENT = "PORTCULLIS_STATE_PASSPHRASE";
const FORMER = "PORTCULLIS_STATE_OLD_PASSPHRASE";

t.test("no secret is in any file or stream but where it was delivered", async (t) => {
  const stage = await openStage(t);
  const written = await recordWritten(t, stage.folder);
  const secrets = new Map<string, Latin>(
    Object.entries(CANARY).map(([name, value]) => [name, latin(value)]),
  );
  // What is delivered later takes the place of what was before.
  const learn = async () => {
    const tag = `after ${stage.ended.length} commands`;
    const delivered = await deliveredSecrets(stage.folder, stage.recipient);
    for (const [name, value] of delivered) secrets.set(`${name}, ${tag}`, value);
  };

  await beginning(t, stage);
  await applying(t, stage, learn);
  await reading(t, stage);
  await loggingIn(t, stage);
  await encrypting(t, stage);
  await mistaking(t, stage);
  await ending(t, stage, learn);
  for (const token of stage.cloud.tokens) secrets.set(`token ${secrets.size}`, latin(token));

  const run = new Set(stage.ended.map(({ argv }) => argv.filter((it) => /^[a-z-]+$/u.test(it))));
  for (const command of commandsOf()) {
    const isRun = [...run].some((argv) => `${argv.join(" ")} `.startsWith(`${command} `));
    t.ok(isRun, `${command} is among what was run`);
  }
  const files = filesLeft(stage.folder);
  const passing = [...written].filter(([path]) => !isDelivery(basename(path)));
  const journal = join(stage.folder, "portcullis.state.json.journal");
  t.match(written.get(journal), /"begun"/u, "what is gone later is recorded");
  t.strictSame(
    [...files.keys()].filter((name) => name.includes("pending")),
    [],
    "what was on its way to a file or a command is gone",
  );
  const { hits, spellings } = scan(new Map([...stage.streams, ...passing, ...files]), secrets);
  t.strictSame(hits, []);
  t.comment(
    `canary: ${files.size + passing.length} files and ${stage.streams.size} streams looked through for ${secrets.size} secrets in ${spellings} spellings, ${hits.length} hits`,
  );
});

/** The content of each file that is no delivery. */
function filesLeft(folder: string): ReadonlyMap<string, Latin> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter(
    (name) => statSync(join(folder, name)).isFile() && !isDelivery(basename(name)),
  );
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

async function succeeds(t: Test, { run }: Stage, commands: readonly string[]): Promise<void> {
  for (const command of commands) t.equal(await run(command.split(" ")), 0, command);
}

async function beginning(t: Test, stage: Stage): Promise<void> {
  await succeeds(t, stage, [
    "help",
    "init --dir first",
    "validate",
    "validate --json",
    "doctor --debug",
    "plan --verbose --debug",
    "plan --json",
    "plan --out change.plan",
  ]);
  if (!noTerminal) t.equal(await stage.runOnTerminal(["plan"], ""), 0, "on a terminal");
}

async function applying(t: Test, stage: Stage, learn: () => Promise<void>): Promise<void> {
  const { run, cloud, folder } = stage;
  // Refused in the middle: keys are written, credentials are not made, everything sent is repeated.
  cloud.refuse(/POST .*(?:application_credentials|os-keypairs)/u);
  t.not(await run(["apply", "--auto-approve", "--debug"]), 0);
  t.not(await run(["apply", "--auto-approve"]), 0);
  cloud.refuse(/GET /u);
  t.not(await run(["plan", "--debug"]), 0);
  t.not(await run(["doctor", "--json"]), 0);
  cloud.refuse(undefined);
  t.equal(await run(["apply", "--debug"], { types: "yes\n" }), 13, "the command complains");
  await learn();
  writeFileSync(join(folder, "ok"), "");
  await succeeds(t, stage, ["apply --auto-approve"]);
  await learn();

  for (const signal of ["SIGKILL", "SIGINT", "SIGTERM"] as const) {
    for (const path of ["job.json", "ssh.pem", "sealed.pem.age"]) rmSync(join(folder, path));
    const replace = ["application_credential.ci", "key_pair.ssh", "key_pair.sealed"];
    const again = ["apply", "--auto-approve", ...replace.flatMap((it) => ["--replace", it])];
    const files = ["ci.yaml", "rc.sh", "job.env"].flatMap((it) => ["--replace-secret-file", it]);
    await stage.interrupt([...again, ...files], signal, /POST .*application_credentials/u);
    await learn();
    t.equal(await run(["plan"]), 0, `after ${signal}`);
    t.equal(await run(["apply", "--auto-approve", ...files]), 0, `mended after ${signal}`);
    if (!existsSync(join(folder, "job.json"))) t.fail(`${signal}: nothing was delivered`);
    await learn();
  }
}

async function reading(t: Test, stage: Stage): Promise<void> {
  const { run } = stage;
  await succeeds(t, stage, [
    "show",
    "show --json",
    "output",
    "output --json",
    "schema",
    "state list",
    "state show application_credential.given --json",
    "state verify",
    "drift --json",
    "drift",
  ]);
  t.not(await run(["audit", "secrets"]), 64, "audit secrets");
  t.not(await run(["audit", "secrets", "--json"]), 64, "audit secrets --json");
  t.equal(await run(["token", "--debug"], { tells: true }), 0);
  for (const form of ["--json", "--shell"]) {
    const credential = ["--credential", "application_credential.ci"];
    t.equal(await run(["token", form, ...credential], { tells: true }), 0);
  }
  t.not(await run(["sandbox", "--data", "portcullis.yaml"]), 0);
  t.not(await run(["force-unlock", "none", "--auto-approve"]), 0);
}

async function loggingIn(t: Test, { run, cloud }: Stage): Promise<void> {
  for (const entry of ["mutual", "good"]) t.equal(await run(["plan", "--cloud", entry]), 0);
  const refused = [
    "wrong",
    "one-time",
    "totp",
    "token",
    "credential",
    "client",
    "issuer",
    "access",
  ];
  for (const entry of [...refused, "tls", "no-key"]) {
    t.not(await run(["plan", "--cloud", entry, "--debug"]), 0, entry);
    cloud.refuse(/./u);
    t.not(await run(["plan", "--cloud", entry, "--debug"]), 0, `${entry}, repeated`);
    t.not(await run(["doctor", "--cloud", entry]), 0, `${entry}, repeated to doctor`);
    t.not(await run(["token", "--cloud", entry]), 0, `${entry}, repeated to token`);
    cloud.refuse(/./u, 302);
    t.not(await run(["plan", "--cloud", entry, "--debug"]), 0, `${entry}, sent elsewhere`);
    cloud.refuse(undefined);
  }
  const typed = { types: `${CANARY.typedPassword}\n` };
  t.not(await run(["doctor", "--cloud", "asks", "--debug"], typed), 0, "typed");
  const proxy = `http://user:${CANARY.proxyPassword}@127.0.0.1:9`;
  const behind = { env: { HTTP_PROXY: proxy, http_proxy: proxy } };
  t.not(await run(["plan", "--debug", "--cloud", "far"], behind), 0);

  const environment = {
    OS_AUTH_URL: cloud.origin,
    OS_USERNAME: "demo",
    OS_PASSWORD: CANARY.environment,
    OS_PROJECT_NAME: "demo",
    OS_CLIENT_CONFIG_FILE: "",
  };
  for (const argv of [
    ["plan", "--debug", "--cloud", "envvars"],
    ["doctor", "--cloud", "envvars"],
  ])
    t.not(await run(argv, { env: environment }), 0);
}

async function encrypting(t: Test, { root, run }: Stage): Promise<void> {
  const file = join(root, "passphrase");
  writeFileSync(file, CANARY.filePassphrase);
  const now = { [CURRENT]: CANARY.passphrase };
  const before = { [CURRENT]: CANARY.formerPassphrase };
  for (const [command, env, code] of [
    ["state rotate-key", before, 0],
    ["state verify", now, 1],
    ["state rotate-key", now, 1],
    ["state rotate-key", { ...now, [FORMER]: CANARY.formerPassphrase }, 0],
    ["state verify --json", now, 0],
    ["plan --out sealed.plan", now, 0],
    ["apply sealed.plan --debug", now, 0],
    ["apply sealed.plan", before, 1],
    ["force-unlock none", now, 64],
    ["state repair --auto-approve", now, 0],
    ["plan", {}, 1],
    ["state rotate-key", { [`${CURRENT}_FILE`]: file, [FORMER]: CANARY.passphrase }, 0],
    ["plan", { [`${CURRENT}_COMMAND`]: `cat ${file}` }, 0],
    ["state rotate-key", { [`${FORMER}_COMMAND`]: `cat ${file}` }, 0],
  ] as const)
    t.equal(await run(command.split(" "), { env }), code, command);
}

/** What is wrong is quoted, but for what is secret. */
async function mistaking(t: Test, { root, folder, streams, run }: Stage): Promise<void> {
  t.not(await run(["plan", "--var", `number=${CANARY.variable}`]), 0);
  const broken: readonly (readonly [string, string])[] = [
    ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: {password: ${CANARY.password}, : ]\n`],
    ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: "${CANARY.password}"\n`],
    [
      "OS_CLIENT_CONFIG_FILE",
      `clouds:\n  good:\n    auth: { totp_secret: [${CANARY.totpSecret}] }\n`,
    ],
    ["OS_CLIENT_SECURE_FILE", `clouds:\n  good:\n  ${CANARY.password}: [\n`],
  ];
  for (const [name, text] of broken) {
    const path = join(root, `broken-${streams.size}.yaml`);
    writeFileSync(path, text);
    t.not(await run(["plan", "--debug"], { env: { [name]: path } }), 0, text);
  }
  const values = join(root, "broken.vars.yaml");
  writeFileSync(values, `secret: [${CANARY.given}\nnumber: {${CANARY.variable}`);
  t.not(await run(["plan", "--var-file", values]), 0);

  const literal = join(folder, "literal.yaml");
  writeFileSync(
    literal,
    `resources: {application_credential: {literal: {roles: [member], secret: ${CANARY.given}}}}`,
  );
  t.not(await run(["validate"]), 0);
  rmSync(literal);
}

async function ending(t: Test, stage: Stage, learn: () => Promise<void>): Promise<void> {
  const { run } = stage;
  const replace = ["--replace", "application_credential.given"];
  const terminal = ["apply", ...replace];
  if (!noTerminal) t.equal(await stage.runOnTerminal(terminal, "yes\n"), 0, "on a terminal");
  t.equal(await run(["apply", "--auto-approve", ...replace]), 0);
  t.equal(await run(["state", "rm", "key_pair.told"]), 0);
  t.equal(await run(["plan"]), 1, "what was forgotten is in the way");
  await learn();
  await succeeds(t, stage, ["destroy --auto-approve --debug"]);
}
