import { execFile } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import t, { type Test } from "tap";
import { parse } from "yaml";
import { isObject, type JsonObject } from "../../engine/model/value.js";
import { connect } from "../../providers/openstack/connect.js";
import { runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { openstack } from "../helpers/lab-cloud.js";
import { testRuntime } from "../helpers/runtime.js";

const execute = promisify(execFile);

import { startLab } from "../openstack-lab/lab.js";

const lab = await startLab();
if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else {
  t.teardown(() => lab.stop());
  const clouds: unknown = parse(readFileSync(lab.cloudsFile, "utf8"));
  const auth = within(clouds, "clouds", "lab-demo", "auth") as JsonObject;
  logInSuite(t, auth);
  commandSuite(t, lab.cloudsFile);
}

/** `doctor` and `token`, held against Debian's own client. */
function commandSuite(t: Test, cloudsFile: string): void {
  const env = { OS_CLIENT_CONFIG_FILE: cloudsFile };
  const run = (...argv: readonly string[]) => runCli(argv, { cwd: temporaryFolder(t), env });

  t.test("the doctor finds everything well, in the client's own words", async (t) => {
    const { code, stdout } = await run("doctor", "--cloud", "lab-demo", "--json");
    t.equal(code, 0);
    const { ok, findings } = JSON.parse(stdout);
    t.equal(ok, true);
    const token = within(await openstack(env, ["token", "issue"]));
    const logIn = within(
      findings.find((it: JsonObject) => it.step === "log-in"),
      "facts",
    );
    t.match(logIn.user, `(${token.user_id})`);
    t.match(logIn.project, `(${token.project_id})`);
    const groups = await openstack(env, ["security", "group", "list"]);
    const counted = findings.find((it: JsonObject) => it.step === "security_group");
    t.match(counted?.summary, `${Array.isArray(groups) ? groups.length : ""} security group`);
  });

  t.test("the client takes the token that a shell loads", async (t) => {
    const { stdout } = await run("token", "--cloud", "lab-demo", "--shell");
    const variables = [...stdout.matchAll(/^export (\w+)='(.*)'$/gmu)];
    const given = Object.fromEntries(variables.map(([, name = "", value = ""]) => [name, value]));
    const list = ["security", "group", "list"];
    const alone = { PATH: "/usr/bin:/bin", ...given };
    const { stdout: printed } = await execute("/usr/bin/openstack", [...list, "-f", "json"], {
      env: alone,
    });
    t.strictSame(JSON.parse(printed), await openstack(env, list));
  });
}

function logInSuite(t: Test, auth: JsonObject): void {
  const open = (entry: JsonObject) =>
    connect({ name: "lab", entry }, testRuntime({ now: new Date().toISOString() }));

  t.test("a token is exchanged for one of another project", async (t) => {
    const keystone = await keystoneAt(t, auth);
    const token = await keystone.token("demo", auth.password);
    const { auth_url, project_name, project_domain_id } = auth;
    const entry = { auth: { auth_url, token, project_name, project_domain_id } } as JsonObject;
    const { identity, close } = await open(entry);
    t.equal(identity.user.name, "demo");
    await close();
  });

  t.test("an application credential by the name that its user gave it", async (t) => {
    const { cloud, identity, close } = await open({ auth });
    const path = `/users/${identity.user.id}/application_credentials`;
    const name = `login-${randomBytes(4).toString("hex")}`;
    const made = await cloud.keystone.post(path, {
      application_credential: { name, secret: name },
    });
    const id = String(within(made, "application_credential").id);
    t.teardown(async () => {
      await cloud.keystone.delete(`${path}/${id}`);
      await close();
    });
    const named = {
      auth_url: auth.auth_url ?? "",
      username: "demo",
      user_domain_id: "default",
      application_credential_name: name,
      application_credential_secret: name,
    };
    const other = await open({ auth: named });
    t.strictSame(other.cloud.login.applicationCredential, { id, restricted: true });
    await t.rejects(
      other.cloud.keystone.post(path, { application_credential: { name: `${name}-2` } }),
      { code: "forbidden" },
      "a restricted one may make no other",
    );
    await other.close();
    await cloud.keystone.delete(`${path}/${id}`);
    const byId = {
      auth_url: named.auth_url,
      application_credential_id: id,
      application_credential_secret: name,
    };
    for (const [gone, message] of [
      [byId, /does not exist any more/u],
      [named, /was refused/u],
    ] as const) {
      await t.rejects(open({ auth: gone }), { code: "unauthenticated", message });
    }
  });

  t.test("passcodes and multi-factor rules", async (t) => {
    const keystone = await keystoneAt(t, auth);
    const user = await keystone.multiFactorUser(t);
    if (user === undefined) {
      t.comment("this Keystone takes no passcodes");
      return;
    }
    const twoFactors = { ...auth, username: user.name };
    const passcode = () => totp(user.secret, Date.now());

    await t.rejects(open({ auth: twoFactors }), { message: /needs a passcode/u });
    await t.rejects(open({ auth: { ...twoFactors, passcode: "000000" } }), {
      code: "unauthenticated",
    });
    const entries: readonly JsonObject[] = [
      { auth: { ...twoFactors, passcode: passcode() } },
      { auth: { ...twoFactors, passcode: passcode() }, auth_type: "v3totp" },
      { auth: { ...twoFactors, totp_secret: base32(user.secret) } },
      {
        auth: { ...twoFactors, passcode: passcode() },
        auth_type: "v3multifactor",
        auth_methods: ["v3password", "v3totp"],
      },
    ];
    for (const entry of entries) {
      const { identity, close } = await open(entry);
      t.equal(identity.user.name, user.name);
      await close();
    }
    await heldToTheRules(t, { ...twoFactors, totp_secret: base32(user.secret) });
  });
}

/** A credential of a user whose rules name no credentials: it is made, and does not log in. */
async function heldToTheRules(t: Test, twoFactors: JsonObject): Promise<void> {
  const runtime = testRuntime({ now: new Date().toISOString() });
  const open = (auth: JsonObject) => connect({ name: "lab", entry: { auth } }, runtime);
  const { cloud, identity, close } = await open(twoFactors);
  const made = await cloud.keystone.post(`/users/${identity.user.id}/application_credentials`, {
    application_credential: { name: "held", secret: "hush" },
  });
  await close();
  const credential = {
    auth_url: twoFactors.auth_url ?? "",
    application_credential_id: String(within(made, "application_credential").id),
    application_credential_secret: "hush",
  };
  await t.rejects(open(credential), {
    code: "unauthenticated",
    message: /needs more than application_credential/u,
    help: /add \["application_credential"\] to the user's multi-factor rules/u,
  });
}

interface KeystoneHand {
  token(user: string, password: unknown): Promise<string>;
  /** A user of project demo whose rules ask for password and passcode; undefined where there are no passcodes. */
  multiFactorUser(t: Test): Promise<{ name: string; secret: Uint8Array } | undefined>;
}

/** Keystone by hand, as its administrator. */
async function keystoneAt(t: Test, auth: JsonObject): Promise<KeystoneHand> {
  const call = async (method: string, path: string, body?: unknown, token = "") => {
    const answer = await fetch(`${String(auth.auth_url)}${path}`, {
      method,
      headers: { "content-type": "application/json", ...(token && { "x-auth-token": token }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { answer, body: text === "" ? {} : (JSON.parse(text) as unknown) };
  };
  const domain = { id: "default" };
  const token = async (name: string, password: unknown) => {
    const user = { name, domain, password };
    const scope = { project: { name: name === "demo" ? "demo" : "admin", domain } };
    const identity = { methods: ["password"], password: { user } };
    const { answer } = await call("POST", "/auth/tokens", { auth: { identity, scope } });
    return answer.headers.get("x-subject-token") ?? "";
  };
  const admin = await token("admin", auth.password);
  const make = async (kind: string, fields: JsonObject) =>
    within((await call("POST", `/${kind}s`, { [kind]: fields }, admin)).body, kind);
  const find = async (kind: string, name: string) => {
    const { body } = await call("GET", `/${kind}s?name=${name}`, undefined, admin);
    const list = isObject(body) ? body[`${kind}s`] : undefined;
    return within(Array.isArray(list) ? list[0] : undefined);
  };
  return {
    token,
    multiFactorUser: async () => {
      const name = `mfa-${randomBytes(4).toString("hex")}`;
      const password = auth.password ?? "";
      const options = {
        multi_factor_auth_enabled: true,
        multi_factor_auth_rules: [["password", "totp"]],
      };
      const user = await make("user", { name, password, domain_id: "default", options });
      t.teardown(() => call("DELETE", `/users/${String(user.id)}`, undefined, admin));
      const [project, role] = [await find("project", "demo"), await find("role", "member")];
      await call(
        "PUT",
        `/projects/${String(project.id)}/users/${String(user.id)}/roles/${String(role.id)}`,
        undefined,
        admin,
      );
      const secret = randomBytes(20);
      const blob = base32(secret);
      await make("credential", { type: "totp", blob, user_id: String(user.id) });
      const proof = { user: { id: String(user.id), passcode: "000000" } };
      const body = { auth: { identity: { methods: ["totp"], totp: proof } } };
      const { body: said } = await call("POST", "/auth/tokens", body);
      return /unsupported/iu.test(JSON.stringify(said)) ? undefined : { name, secret };
    },
  };
}

/** RFC 6238 with SHA-1, six digits and half minutes, as Keystone has it (auth/plugins/totp.py). */
function totp(secret: Uint8Array, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return (bits.match(/.{5}/gu) ?? []).map((group) => letters[Number.parseInt(group, 2)]).join("");
}

function within(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  let at = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? at : {};
}
