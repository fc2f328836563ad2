import t, { type Test } from "tap";
import { OutsideError } from "../../../../engine/model/errors.js";
import type { JsonObject } from "../../../../engine/model/value.js";
import { connect } from "../../../../providers/openstack/connect.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { passwordEntry, tokenAnswer } from "../../../helpers/scripted-cloud.js";
import { type ScriptedAnswer, scriptedServer } from "../../../helpers/scripted-server.js";

type Change = (origin: string) => JsonObject;

async function logIn(
  t: Test,
  script: (origin: string) => ScriptedAnswer,
  entryOf: Change = passwordEntry,
) {
  const server = await scriptedServer(t, (_request, origin) => script(origin));
  const settings = { name: "scripted", entry: entryOf(server.origin) };
  const connecting = connect(settings, testRuntime());
  return { server, connecting };
}

async function refused(t: Test, answer: ScriptedAnswer, entryOf: Change = passwordEntry) {
  const { connecting } = await logIn(t, () => answer, entryOf);
  const error: unknown = await connecting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OutsideError) return error;
  throw error;
}

const withCredential: Change = (origin) => ({
  auth: { auth_url: `${origin}/v3`, application_credential_id: "ac1", project_name: "ignored" },
  application_credential_secret: "hush",
});

const unauthorized = { error: { code: 401, title: "Unauthorized", message: "Not you." } };
const missing = { error: { code: 404, title: "Not Found", message: "Could not find it." } };

t.test("a password log-in names user, domains and project", async (t) => {
  const { server, connecting } = await logIn(t, (origin) => tokenAnswer(origin, "tok"));
  const { identity, cloud, close } = await connecting;
  t.strictSame(server.requests[0]?.body, {
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { name: "demo", domain: { id: "default" }, password: "secret" } },
      },
      scope: { project: { name: "demo", domain: { id: "default" } } },
    },
  });
  t.strictSame(identity, {
    name: "scripted",
    authUrl: `${server.origin}/v3`,
    region: "One",
    project: { id: "p1", name: "demo" },
    user: { id: "u1", name: "demo" },
  });
  t.strictSame(cloud.login, {
    roles: [{ id: "r1", name: "member" }],
    authUrl: `${server.origin}/v3`,
    region: "One",
    interface: "public",
    verify: true,
  });
  await close();
});

t.test("an application credential asks for no scope, and is told to be restricted", async (t) => {
  const applicationCredential = { id: "ac1", name: "ci", restricted: true };
  const { server, connecting } = await logIn(
    t,
    (origin) => tokenAnswer(origin, "tok", { application_credential: applicationCredential }),
    withCredential,
  );
  const { cloud, close } = await connecting;
  t.strictSame(server.requests[0]?.body, {
    auth: {
      identity: {
        methods: ["application_credential"],
        application_credential: { id: "ac1", secret: "hush" },
      },
    },
  });
  t.strictSame(cloud.login.applicationCredential, { id: "ac1", restricted: true });
  await close();
});

t.test("a refused log-in is told in words about the log-in", async (t) => {
  const password = await refused(t, { status: 401, body: unauthorized });
  t.equal(password.code, "unauthenticated");
  t.equal(
    password.message,
    'the log-in of user "demo" was refused: Not you (401 to POST /v3/auth/tokens)',
  );
  const credential = await refused(t, { status: 401, body: unauthorized }, withCredential);
  t.match(credential.help, /expired/u);
  const gone = await refused(t, { status: 404, body: missing }, withCredential);
  t.equal(gone.code, "unauthenticated");
  t.match(gone.message, /application credential "ac1", its user or its project does not exist/u);
});

t.test("an address where no Keystone is", async (t) => {
  const page = await refused(t, { status: 404, body: "<h1>Not Found</h1>" });
  t.equal(page.code, "bad-cloud-config");
  const versions = await refused(t, { status: 300, body: { versions: {} } });
  t.match(versions.message, /there is no Keystone v3 at auth_url: this is not the API's address/u);
  const moved = await refused(t, { status: 301, headers: { location: "https://k/v3" } });
  t.match(moved.help, /points to https:\/\/k\/v3: set auth_url/u);
  const portal = await refused(t, { status: 200, body: "<h1>Welcome</h1>" });
  t.equal(portal.code, "server-error");
  const noToken = await refused(t, { status: 201, body: { token: {} } });
  t.match(noToken.message, /holds no token/u);
});

t.test("a log-in is tried three times, and never told to have had an effect", async (t) => {
  const { server, connecting } = await logIn(t, () => "hang up");
  await t.rejects(connecting, { code: "unreachable", response: { effect: "none" } });
  t.equal(server.lines().length, 3);
});

t.test("a token without project is refused", async (t) => {
  const { connecting } = await logIn(t, (origin) => tokenAnswer(origin, "tok", { project: null }));
  await t.rejects(connecting, { code: "bad-cloud-config", help: /project_name/u });
});

t.test("a secret is in no error, whatever Keystone answers", async (t) => {
  for (const answer of ["hang up", { status: 401, body: unauthorized }] as const) {
    const error = await refused(t, answer);
    t.notMatch(`${error.stack} ${JSON.stringify(error)}`, /secret/u);
  }
});
