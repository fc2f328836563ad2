import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import t, { type Test } from "tap";
import { stringify } from "yaml";
import { startSandbox } from "../../providers/sandbox/server.js";
import { runCli, typing } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { type EchoingCloud, startEchoingCloud } from "./echoing-cloud.js";
import { recordWritten } from "./written.js";

/** The secrets that are planted, by where they are. */
const CANARY = {
  password: "canary-password-1f6a",
  wrongPassword: 'canary "wrong" password-77',
  passcode: "canary-passcode-913",
  token: "canary-token-0c2d",
  credentialSecret: "canary-credential-secret-5e",
  clientSecret: "canary-client-secret-a8",
  accessToken: "canary-access-token-b9",
  proxyPassword: "canary-proxy-password-cc",
  given: "canary-given-secret-d3f0",
  variable: "canary-variable-of-a-wrong-type",
  issuerPassword: "canary-issuer-password-e4 &<",
  environment: "canary-password-of-the-environment",
  passphrase: "canary-passphrase-of-the-state",
  formerPassphrase: "canary-former-passphrase",
} as const;

/** Where secrets are delivered, and may be. */
const DELIVERED = ["ssh.pem", "tls.pem", "ci.yaml", "rc.sh", "job.json", "job.env", "given.env"];

const SSH_RECIPIENT =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGjJQPtRtQFRhqqgIF7UAEphAOCRjVw3BJ9+yn0j5xds";

const CONFIGURATION = `
provider: { openstack: { cloud: good } }
variables:
  secret: { type: string, sensitive: true }
  number: { type: number, sensitive: true, default: 1 }
resources:
  key_pair:
    ssh: { private_key_file: ssh.pem }
    tls: { type: x509, algorithm: rsa-2048, private_key_file: tls.pem }
    told: { private_key_command: [sh, -c, "tee ../key-command.pem"] }
    sealed: { private_key_file: sealed.pem.age, encrypt_to: ["${SSH_RECIPIENT}"] }
  security_group:
    web: { rules: [{ ingress: ssh, from: 192.0.2.0/24 }] }
  application_credential:
    told: { roles: [member], write_to: { command: [sh, -c, "test -e ok && cat > ../told.json || { cat; cat >&2; exit 3; }"] } }
    ci: { roles: [member], write_to: { clouds_yaml: ci.yaml, openrc: rc.sh, json: job.json, env: job.env } }
    given: { roles: [member], secret: "\${var.secret}", write_to: { env: given.env } }
outputs:
  open: "\${security_group.web.name}"
  hidden: { value: "\${var.secret}", sensitive: true }
`;

interface Stage {
  readonly folder: string;
  readonly cloud: EchoingCloud;
  /** All that was printed, with the command that printed it. */
  readonly streams: Map<string, string>;
  run(argv: readonly string[], options?: RunOptions): Promise<number>;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard output is the secret itself, as asked for. */
  readonly tells?: true;
  readonly types?: string;
}

async function stage(t: Test): Promise<Stage> {
  const root = temporaryFolder(t);
  const folder = join(root, "configuration");
  mkdirSync(folder);
  const sandbox = await startSandbox();
  t.teardown(() => sandbox.close());
  const target = new URL(sandbox.authUrl);
  const cloud = await startEchoingCloud(t, target.origin, [CANARY.password, "sandbox"]);
  const clouds = join(root, "clouds.yaml");
  writeFileSync(clouds, stringify({ clouds: entries(`${cloud.origin}${target.pathname}`) }));
  writeFileSync(join(folder, "portcullis.yaml"), CONFIGURATION);
  const values = join(root, "secret.vars.yaml");
  writeFileSync(values, stringify({ secret: CANARY.given }));
  const streams = new Map<string, string>();
  const run = async (argv: readonly string[], { env, tells, types }: RunOptions = {}) => {
    const taken = /^(?:validate|plan|apply|destroy|drift|doctor|token)$/u.test(argv[0] ?? "");
    const arguments_ = taken ? [...argv, "--var-file", values] : argv;
    const { code, stdout, stderr } = await runCli(arguments_, {
      cwd: folder,
      env: { OS_CLIENT_CONFIG_FILE: clouds, HOME: root, ...env },
      hurried: true,
      ...(types !== undefined && { keyboard: typing(types) }),
    });
    const name = `${streams.size + 1}: ${argv.join(" ")} (exit code ${code})`;
    streams.set(`${name}, standard output`, tells ? "" : stdout);
    streams.set(`${name}, standard error`, stderr);
    return code;
  };
  return { folder, cloud, streams, run };
}

function entries(authUrl: string) {
  const scope = { project_name: "demo", user_domain_id: "default", project_domain_id: "default" };
  const user = { auth_url: authUrl, username: "demo", ...scope };
  const federated = { auth_url: authUrl, identity_provider: "idp", protocol: "openid", ...scope };
  const issuer = { access_token_endpoint: new URL("/issuer", authUrl).href, client_id: "client" };
  return {
    good: { auth: { ...user, password: CANARY.password } },
    // No proxy is asked for what is on this machine.
    far: { auth: { ...user, auth_url: "http://cloud.example/v3", password: CANARY.password } },
    wrong: { auth: { ...user, password: CANARY.wrongPassword } },
    "one-time": {
      auth_type: "v3multifactor",
      auth_methods: ["v3password", "v3totp"],
      auth: { ...user, password: CANARY.password, passcode: CANARY.passcode },
    },
    token: { auth_type: "v3token", auth: { auth_url: authUrl, token: CANARY.token, ...scope } },
    credential: {
      auth_type: "v3applicationcredential",
      auth: {
        auth_url: authUrl,
        application_credential_id: "0".repeat(32),
        application_credential_secret: CANARY.credentialSecret,
      },
    },
    client: {
      auth_type: "v3oidcclientcredentials",
      auth: { ...federated, ...issuer, client_secret: CANARY.clientSecret },
    },
    issuer: {
      auth_type: "v3oidcpassword",
      auth: { ...federated, ...issuer, username: "u", password: CANARY.issuerPassword },
    },
    access: {
      auth_type: "v3oidcaccesstoken",
      auth: { ...federated, access_token: CANARY.accessToken },
    },
  };
}

/** The texts that may be nowhere: the canaries, the tokens, and what was generated. */
function secretsOf({ folder, cloud }: Stage): readonly string[] {
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const keys = ["ssh.pem", "tls.pem"].flatMap((path) => {
    const [key = ""] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*/u.exec(read(path)) ?? [];
    const lines = key.split("\n").filter((line) => line.length > 30);
    return lines.slice(Math.ceil(lines.length / 2));
  });
  const generated = String(JSON.parse(read("job.json")).secret);
  const spellings = [...Object.values(CANARY), generated, ...cloud.tokens].flatMap((it) => [
    it,
    JSON.stringify(it).slice(1, -1),
    JSON.stringify(JSON.stringify(it).slice(1, -1)).slice(1, -1),
    encodeURIComponent(it),
    new URLSearchParams({ "": it }).toString().slice(1),
    ...[0, 1, 2].map((shift) => base64Within(it, shift)),
  ]);
  return [...new Set([...spellings, ...keys])];
}

/** Whether a file is one to which a secret is delivered, or one on its way there. */
function isDelivery(name: string): boolean {
  return DELIVERED.some(
    (it) => name === it || name.startsWith(`${it}.`) || name.startsWith(`.${it}.`),
  );
}

/** What base64 makes of a text that stands so many bytes behind others, without what these decide. */
function base64Within(text: string, shift: number): string {
  const encoded = Buffer.from(`${"x".repeat(shift)}${text}`).toString("base64");
  return encoded.replace(/=+$/u, "").slice(shift === 0 ? 0 : 4, -1);
}

function filesBelow(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => statSync(join(folder, name)).isFile());
}

t.test("no secret is in any file or stream but where it was delivered", async (t) => {
  const scene = await stage(t);
  const { run, cloud, folder } = scene;
  const written = await recordWritten(t, folder);
  const succeeds = async (...argv: readonly string[]) =>
    t.equal(await run(argv), 0, argv.join(" "));

  await succeeds("validate");
  await succeeds("doctor", "--debug");
  await succeeds("plan", "--verbose", "--debug");
  await succeeds("plan", "--json");
  await succeeds("plan", "--out", "change.plan");

  // Refused in the middle: keys are written, credentials are not made, everything sent is repeated.
  cloud.refuse(/POST .*(?:application_credentials|os-keypairs)/u);
  t.not(await run(["apply", "--auto-approve", "--debug"]), 0);
  t.not(await run(["apply", "--auto-approve"]), 0);
  cloud.refuse(/GET /u);
  t.not(await run(["plan", "--debug"]), 0);
  t.not(await run(["doctor", "--json"]), 0);
  cloud.refuse(undefined);

  t.equal(await run(["apply", "--debug"], { types: "yes\n" }), 13, "the command complains");
  writeFileSync(join(folder, "ok"), "");
  await succeeds("apply", "--auto-approve");
  for (const view of ["show", "output", "state list", "schema", "audit secrets"]) {
    await succeeds(...view.split(" "));
  }
  await succeeds("show", "--json");
  await succeeds("output", "--json");
  await succeeds("state", "show", "application_credential.given", "--json");
  await succeeds("drift", "--json");
  t.equal(await run(["token", "--debug"], { tells: true }), 0);
  t.equal(
    await run(["token", "--json", "--credential", "application_credential.ci"], { tells: true }),
    0,
  );
  const secrets = secretsOf(scene);

  for (const entry of ["wrong", "one-time", "token", "credential", "client", "issuer", "access"]) {
    t.not(await run(["plan", "--cloud", entry, "--debug"]), 0, entry);
    cloud.refuse(/./u);
    t.not(await run(["plan", "--cloud", entry, "--debug"]), 0, `${entry}, repeated`);
    t.not(await run(["doctor", "--cloud", entry]), 0, `${entry}, repeated to doctor`);
    cloud.refuse(/./u, 302);
    t.not(await run(["plan", "--cloud", entry, "--debug"]), 0, `${entry}, sent elsewhere`);
    cloud.refuse(undefined);
  }
  const proxy = `http://user:${CANARY.proxyPassword}@127.0.0.1:9`;
  t.not(
    await run(["plan", "--debug", "--cloud", "far"], {
      env: { HTTP_PROXY: proxy, http_proxy: proxy },
    }),
    0,
  );

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

  const encrypted = { PORTCULLIS_STATE_PASSPHRASE: CANARY.passphrase };
  const [current, former] = ["PORTCULLIS_STATE_PASSPHRASE", "PORTCULLIS_STATE_OLD_PASSPHRASE"];
  const rotated = { [current]: CANARY.passphrase, [former]: CANARY.formerPassphrase };
  for (const [argv, env, code] of [
    [["state", "rotate-key"], { [current]: CANARY.formerPassphrase }, 0],
    [["state", "verify"], encrypted, 1],
    [["state", "rotate-key"], encrypted, 1],
    [["state", "rotate-key"], rotated, 0],
    [["state", "verify", "--json"], encrypted, 0],
    [["plan", "--out", "sealed.plan"], encrypted, 0],
    [["apply", "sealed.plan", "--debug"], encrypted, 0],
    [["apply", "sealed.plan"], { [current]: CANARY.formerPassphrase }, 1],
    [["force-unlock", "none"], encrypted, 64],
    [["state", "repair", "--auto-approve"], encrypted, 0],
    [["plan"], {}, 1],
    [["state", "rotate-key"], { [former]: CANARY.passphrase }, 0],
  ] as const)
    t.equal(await run(argv, { env }), code, argv.join(" "));

  // What is wrong is quoted, but for what is secret.
  t.not(await run(["plan", "--var", `number=${CANARY.variable}`]), 0);
  const broken: readonly (readonly [string, string])[] = [
    ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: {password: ${CANARY.password}, : ]\n`],
    ["OS_CLIENT_CONFIG_FILE", `clouds:\n  good:\n    auth: "${CANARY.password}"\n`],
    ["OS_CLIENT_SECURE_FILE", `clouds:\n  good:\n  ${CANARY.password}: [\n`],
  ];
  for (const [name, text] of broken) {
    const path = join(folder, "..", `broken-${scene.streams.size}.yaml`);
    writeFileSync(path, text);
    t.not(await run(["plan", "--debug"], { env: { [name]: path } }), 0, text);
  }
  const values = join(folder, "..", "broken.vars.yaml");
  writeFileSync(values, `secret: [${CANARY.given}\nnumber: {${CANARY.variable}`);
  t.not(await run(["plan", "--var-file", values]), 0);

  const literal = join(folder, "literal.yaml");
  writeFileSync(
    literal,
    `resources: {application_credential: {literal: {roles: [member], secret: ${CANARY.given}}}}`,
  );
  t.not(await run(["validate"]), 0);
  rmSync(literal);

  await succeeds("apply", "--auto-approve", "--replace", "application_credential.given");
  await succeeds("destroy", "--auto-approve", "--debug");

  const all = [...secrets, ...scene.cloud.tokens];
  const files = filesBelow(folder).filter((name) => !DELIVERED.includes(name));
  const passing = [...written].filter(([path]) => !isDelivery(basename(path)));
  const journal = join(folder, "portcullis.state.json.journal");
  t.match(written.get(journal), /"begun"/u, "what is gone later is recorded");
  const texts = new Map([
    ...scene.streams,
    ...passing,
    ...files.map((name) => [name, readFileSync(join(folder, name), "latin1")] as const),
  ]);
  const hits = [...texts].flatMap(([name, text]) =>
    all.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
  );
  t.strictSame(hits, []);
  t.comment(
    `canary scan: ${files.length + passing.length} files and ${scene.streams.size} streams scanned, ${hits.length} hits`,
  );
});
