import t, { type Test } from "tap";
import { OutsideError } from "../../../../engine/model/errors.js";
import type { Runtime } from "../../../../engine/model/runtime.js";
import { isObject, type JsonObject } from "../../../../engine/model/value.js";
import { connect } from "../../../../providers/openstack/connect.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { tokenAnswer } from "../../../helpers/scripted-cloud.js";
import { type ScriptedAnswer, scriptedServer } from "../../../helpers/scripted-server.js";

/** Keystone for a user whose rules ask for a password and a passcode; `passcodes` are right in turn. */
async function twoFactorKeystone(
  t: Test,
  auth: JsonObject,
  { rules = [["password", "totp"]], passcodes = ["123456"] } = {},
) {
  const server = await scriptedServer(t, (request, origin): ScriptedAnswer => {
    if (request.path !== "/v3/auth/tokens") return { status: 401, body: {} };
    const asked = isObject(request.body) && isObject(request.body.auth) ? request.body.auth : {};
    const identity = isObject(asked.identity) ? asked.identity : {};
    const methods = Array.isArray(identity.methods) ? identity.methods.map(String) : [];
    const before = request.headers["openstack-auth-receipt"];
    const proved = [...methods, ...(typeof before === "string" ? before.split("+") : [])];
    const totp = isObject(identity.totp) ? identity.totp.user : undefined;
    if (isObject(totp) && !passcodes.includes(String(totp.passcode))) return { status: 401 };
    if (rules.some((rule) => rule.every((it) => proved.includes(it)))) {
      return tokenAnswer(origin, `token-${server.requests.length}`);
    }
    return {
      status: 401,
      headers: { "openstack-auth-receipt": methods.join("+") },
      body: { receipt: { methods, user: { id: "u1" } }, required_auth_methods: rules },
    };
  });
  const base = testRuntime();
  const entry = {
    auth: { auth_url: server.origin, username: "demo", project_name: "demo", ...auth },
  };
  const open = (ask?: Runtime["ask"]) =>
    connect({ name: "c", entry }, { ...base, ...(ask && { ask }) });
  const bodies = () => server.requests.map(({ body }) => body);
  return { server, open, bodies };
}

async function refusalOf(connecting: Promise<unknown>): Promise<OutsideError> {
  const error = await connecting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OutsideError) return error;
  throw error ?? new Error("it did not fail");
}

t.test("a receipt is answered with the configured passcode, for the user it names", async (t) => {
  const { server, open, bodies } = await twoFactorKeystone(t, {
    password: "hush",
    passcode: "123456",
  });
  const connection = await open();
  t.equal(server.requests[1]?.headers["openstack-auth-receipt"], "password");
  const scope = { project: { name: "demo", domain: { id: "default" } } };
  t.strictSame(bodies()[1], {
    auth: {
      identity: { methods: ["totp"], totp: { user: { id: "u1", passcode: "123456" } } },
      scope,
    },
  });
  await connection.close();
});

t.test("passcodes are made from the secret of an authenticator app", async (t) => {
  const totp_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const passcodes = ["454838"];
  for (const own of [{ password: "hush" }, { password: "hush", auth_type: "v3totp" }]) {
    const { open, bodies } = await twoFactorKeystone(t, { ...own, totp_secret }, { passcodes });
    await (await open()).close();
    t.match(JSON.stringify(bodies()), passcodes[0]);
    t.notMatch(JSON.stringify(bodies()), totp_secret);
  }
  const { open } = await twoFactorKeystone(t, { password: "hush", totp_secret: "no base32!" });
  const { message } = await refusalOf(open());
  t.match(message, /totp_secret must be base32/u);
  t.notMatch(message, "no base32!");
});

t.test("a passcode first is answered with the password", async (t) => {
  const auth = { password: "hush", passcode: "123456", auth_type: "v3totp" };
  const { open, bodies } = await twoFactorKeystone(t, auth, { rules: [["totp", "password"]] });
  await (await open()).close();
  t.match(bodies()[1], {
    auth: { identity: { methods: ["password"], password: { user: { id: "u1" } } } },
  });
});

t.test("without a passcode whoever sits there is asked, and not shown", async (t) => {
  const { open } = await twoFactorKeystone(t, { password: "hush" });
  const questions: unknown[] = [];
  const connection = await open(async (question, options) => {
    questions.push([question, options]);
    return " 123 456\n";
  });
  t.strictSame(questions, [['Passcode for user "demo": ', { secret: true }]]);
  await connection.close();
});

t.test("a configured passcode is used once: the next log-in asks", async (t) => {
  const auth = { password: "hush", passcode: "123456" };
  const { open } = await twoFactorKeystone(t, auth, { passcodes: ["123456", "222222"] });
  const answers: string[] = [];
  const { cloud, close } = await open(async () => {
    answers.push("222222");
    return "222222";
  });
  await t.rejects(cloud.neutron.get("/security-groups"), { code: "unauthenticated" });
  t.strictSame(answers, ["222222"]);
  await close();
});

t.test("where nobody can be asked the remedy is told", async (t) => {
  const { open } = await twoFactorKeystone(t, { password: "hush" });
  const error = await refusalOf(open());
  t.equal(error.code, "unauthenticated");
  t.equal(error.message, 'the log-in of user "demo" needs a passcode (TOTP) of this moment');
  t.match(error.help, /OS_PASSCODE.*application credential/u);
});

t.test("a wrong passcode is told as one", async (t) => {
  const { open } = await twoFactorKeystone(t, { password: "hush", passcode: "000000" });
  const error = await refusalOf(open());
  t.equal(error.code, "unauthenticated");
  t.match(error.help, /passcode.*clock/u);
  t.notMatch(`${error.stack} ${JSON.stringify(error)}`, /hush|000000/u);
});

t.test("rules that cannot be met are told", async (t) => {
  const { open } = await twoFactorKeystone(t, { password: "hush" }, { rules: [["kerberos"]] });
  const error = await refusalOf(open());
  t.match(error.message, /needs more than password: its rules are kerberos/u);
});

t.test("an application credential is held to the rules too", async (t) => {
  const auth = { application_credential_id: "ac1", application_credential_secret: "hush" };
  const error = await refusalOf((await twoFactorKeystone(t, auth)).open());
  t.match(error.message, /application credential "ac1" needs more than application_credential/u);
  t.match(error.help, /add \["application_credential"\] to the user's multi-factor rules/u);
});

t.test("a rule that is met in fewer steps is preferred", async (t) => {
  const rules = [
    ["password", "kerberos"],
    ["password", "totp", "token"],
    ["password", "totp"],
  ];
  const { open } = await twoFactorKeystone(t, { password: "hush", passcode: "123456" }, { rules });
  await (await open()).close();
});
