import { copyFileSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { stringify } from "yaml";
import { RECIPIENT } from "../age-identity.js";
import { CANARY } from "../canaries.js";
import { RESPELLINGS } from "../respell.js";
import { openScene, type Scene } from "../scene.js";

/** Takes what it gets; before `ok` is there, it prints it and fails. */
const complaining = (file: string) =>
  `[sh, -c, "test -e ../given/ok && tee ../taken/${file} || { cat; echo $0 >&2; exit 3; }"]`;

const CONFIGURATION = `
provider: { openstack: { cloud: good } }
variables:
  secret: { type: string, sensitive: true }
  number: { type: number, sensitive: true, default: 1 }
resources:
  key_pair:
    ssh: { private_key_file: ssh.pem }
    rsa: { algorithm: rsa-2048, private_key_file: rsa.pem }
    ecdsa: { algorithm: ecdsa-p256, private_key_file: "../home/ecdsa.pem" }
    tls: { type: x509, algorithm: rsa-2048, private_key_file: tls.pem }
    told: { private_key_command: ${complaining("key.pem")} }
    sealed: { private_key_file: sealed.pem.age, encrypt_to: ["${RECIPIENT}"] }
    told-sealed: { private_key_command: [sh, -c, "tee ../taken/key.pem.age"], encrypt_to: ["${RECIPIENT}"] }
  security_group:
    web: { rules: [{ ingress: ssh, from: 192.0.2.0/24 }] }
  application_credential:
    told: { roles: [member], write_to: { command: ${complaining("told.json")} } }
    ci: { roles: [member], write_to: { clouds_yaml: ci.yaml, openrc: rc.sh, json: job.json, env: job.env } }
    sealed: { roles: [member], write_to: { json: sealed.json.age, encrypt_to: ["${RECIPIENT}"] } }
    variable: { roles: [member], secret: "\${var.secret}", write_to: { env: variable.env } }
    environment: { roles: [member], secret: { env: GIVEN }, write_to: { openrc: environment.sh } }
    file: { roles: [member], secret: { file: ../given/secret.txt }, write_to: { clouds_yaml: file.yaml } }
outputs:
  open: "\${security_group.web.name}"
  hidden: { value: "\${var.secret}", sensitive: true }
`
  .replace('"../home/ecdsa.pem"', "~/ecdsa.pem")
  .replace("../given/secret.txt", "SECRET_FILE");

const CI = ["credential ci"];

const DECLARED = {
  "work/ssh.pem": ["key ssh"],
  "work/rsa.pem": ["key rsa"],
  "home/ecdsa.pem": ["key ecdsa"],
  "work/tls.pem": ["key tls"],
  "work/key_pair.told": ["key told"],
  "taken/key.pem": ["key told"],
  "work/application_credential.told": ["credential told"],
  "taken/told.json": ["credential told"],
  "work/ci.yaml": CI,
  "work/rc.sh": CI,
  "work/job.json": CI,
  "work/job.env": CI,
  "work/stray.txt": CI,
  "work/variable.env": ["secretOfVariable"],
  "work/environment.sh": ["secretOfEnvironment"],
  "work/file.yaml": ["secretOfFile"],
};

const SEALED = {
  "work/sealed.pem.age": ["key sealed"],
  "taken/key.pem.age": ["key told-sealed"],
  "work/sealed.json.age": ["credential sealed"],
};

/** What is declared is planned, refused, made, shown, changed and removed. */
export async function life(t: Test): Promise<Scene> {
  const scene = await openScene(t, { name: "life", declared: DECLARED, sealed: SEALED });
  const { give, work } = scene;
  const secretFile = give("secret.txt", CANARY.secretOfFile);
  writeFileSync(join(work, "portcullis.yaml"), CONFIGURATION.replace("SECRET_FILE", secretFile));
  const values = [
    "--var-file",
    give("secret.vars.yaml", stringify({ secret: CANARY.secretOfVariable })),
  ];
  const options = { env: { GIVEN: CANARY.secretOfEnvironment } };
  const play: Play = {
    scene,
    succeeds: (...argv) => scene.succeeds([...argv, ...values], options),
    fails: (...argv) => scene.fails([...argv, ...values], options),
    looks: (...argv) => scene.fails([...argv, ...values], { ...options, within: true }),
  };
  await plan(play);
  await refusedInTheMiddle(play);
  await unwritable(play);
  await play.fails("apply", "--auto-approve", "--debug");
  give("ok", "");
  await play.succeeds("apply", "--auto-approve", "--debug");
  await look(scene);
  await play.succeeds("drift", "--json");
  await play.succeeds(
    "apply",
    "--auto-approve",
    ...replaced("ci", "ci.yaml", "rc.sh", "job.json", "job.env"),
  );
  await play.succeeds("apply", "--auto-approve", "--replace", "application_credential.variable");
  await stray(scene);
  await scene.succeeds(["state", "mv", "key_pair.rsa", "key_pair.other"]);
  await scene.fails(["state", "mv", "key_pair.rsa", "key_pair.another"]);
  await scene.succeeds(["state", "mv", "key_pair.other", "key_pair.rsa"]);
  await scene.succeeds(["state", "rm", "key_pair.rsa"]);
  await scene.fails(["state", "rm", "key_pair.rsa"]);
  await play.succeeds("destroy", "--auto-approve", "--debug");
  return scene;
}

interface Play {
  readonly scene: Scene;
  readonly succeeds: (...argv: readonly string[]) => Promise<void>;
  readonly fails: (...argv: readonly string[]) => Promise<void>;
  /** Fails in this process. */
  readonly looks: (...argv: readonly string[]) => Promise<void>;
}

async function plan({ succeeds, looks }: Play): Promise<void> {
  await succeeds("validate", "--json");
  await succeeds("doctor", "--debug");
  await succeeds("plan", "--verbose", "--debug");
  await succeeds("plan", "--json");
  await succeeds("plan", "--out", "change.plan");
  await looks("plan", "--var", `number=${CANARY.variableOfWrongType}`);
  await looks("validate", "--var", `number=${CANARY.variableOfWrongType}`);
}

/** Keys are written, credentials are not made, and everything that was sent is repeated. */
async function refusedInTheMiddle({ scene: { cloud }, fails, looks }: Play): Promise<void> {
  for (const [index, how] of RESPELLINGS.entries()) {
    cloud.refuse(/POST .*(?:application_credentials|os-keypairs)/u, how);
    await (index < 2 ? fails : looks)("apply", "--auto-approve", "--debug");
    cloud.refuse(/GET /u, how);
    await looks("drift", "--debug");
  }
  await fails("drift", "--json");
  await looks("plan", "--json");
  await looks("doctor", "--json");
  await fails("destroy", "--auto-approve");
  cloud.refuse(undefined);
}

/** Something else is where secrets are to be delivered. */
async function unwritable({ scene: { work }, fails }: Play): Promise<void> {
  const places = ["job.env", "ssh.pem", "sealed.pem.age"].map((it) => join(work, it));
  for (const it of places) mkdirSync(it);
  await fails("apply", "--auto-approve", "--debug");
  for (const it of places) rmdirSync(it);
}

function replaced(name: string, ...files: readonly string[]): readonly string[] {
  const given = files.flatMap((it) => ["--replace-secret-file", it]);
  return ["--replace", `application_credential.${name}`, ...given];
}

/** What reads the state, and tokens that are asked for. */
async function look({ succeeds, fails }: Scene): Promise<void> {
  for (const view of ["show", "output", "state list", "schema", "audit secrets"]) {
    await succeeds(view.split(" "));
    await fails([...view.split(" "), "--no-such-option"], { within: true });
  }
  await succeeds(["show", "--json"]);
  await succeeds(["output", "--json"]);
  await fails(["show", "key_pair.none"], { within: true });
  await fails(["output", "none"], { within: true });
  await fails(["output", "hidden", "--raw"]);
  await succeeds(["state", "show", "application_credential.variable", "--json"]);
  await fails(["state", "show", "application_credential.none"], { within: true });
  const values = ["--var", "secret=none"];
  const tells = ["token"];
  await succeeds(["token", "--debug", ...values], { tells });
  await succeeds(["token", "--shell", ...values], { tells });
  const credential = ["--credential", "application_credential.ci"];
  await succeeds(["token", "--json", ...credential, ...values], { tells });
}

/** Secrets that somebody left are found, and not told. */
async function stray({ fails, work }: Scene): Promise<void> {
  const path = join(work, "stray.txt");
  copyFileSync(join(work, "ci.yaml"), path);
  await fails(["audit", "secrets", "--json"]);
  await fails(["audit", "secrets"], { within: true });
  rmSync(path);
}
