import t, { type Test } from "tap";
import { Sensitive } from "../../../../engine/model/value.js";
import { answerFailure } from "../../../../providers/openstack/http/answer-failure.js";
import type { HttpRequest, Outcome } from "../../../../providers/openstack/http/exchange.js";
import { readJson } from "../../../../providers/openstack/http/json-answer.js";
import { openTransport } from "../../../../providers/openstack/http/transport.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { type ScriptedAnswer, scriptedServer } from "../../../helpers/scripted-server.js";

const SECRET = 'canary "quoted" & more';

/** What the trace tells of one request, and what came of it. */
async function trace(
  t: Test,
  request: Partial<HttpRequest>,
  answer: ScriptedAnswer,
): Promise<{ readonly told: string; readonly outcome: Outcome; readonly sent: HttpRequest }> {
  const { origin } = await scriptedServer(t, () => answer);
  const told: string[] = [];
  const runtime = { ...testRuntime(), trace: (lines: readonly string[]) => told.push(...lines) };
  const transport = openTransport({ tls: { verify: true }, timeout: 5000 }, runtime);
  t.teardown(() => transport.close());
  const sent: HttpRequest = { method: "POST", origin, path: "/v3/x", headers: {}, ...request };
  const outcome = await transport.send(sent);
  return { told: told.join("\n"), outcome, sent };
}

const LOG_IN: Partial<HttpRequest> = {
  headers: { "x-auth-token": new Sensitive("canary-token") },
  body: { kind: "json", value: { user: "demo", password: new Sensitive(SECRET) } },
};

t.test("a request is told as it is, but for what is secret in it", async (t) => {
  const { told } = await trace(t, LOG_IN, { status: 200, body: { token: { user: "demo" } } });
  t.match(told, /#1 POST http:\/\/127\.0\.0\.1:\d+\/v3\/x/u);
  t.match(told, "x-auth-token: (sensitive)");
  t.match(told, "content-type: application/json");
  t.match(told, '{"user":"demo","password":"(sensitive)"}');
  t.match(told, /#1 after \d+ ms: 200/u);
  t.match(told, '{"token":{"user":"demo"}}');
  t.notMatch(told, "canary");
});

t.test("what is sent in a form, too", async (t) => {
  const fields = { username: "demo", password: new Sensitive(SECRET) };
  const { told } = await trace(t, { body: { kind: "form", fields } }, { status: 200, body: {} });
  t.match(told, '{"username":"demo","password":"(sensitive)"}');
  t.notMatch(told, "canary");
});

t.test(
  "secrets of answers are left out: fields by name, headers but for harmless ones",
  async (t) => {
    const { told } = await trace(t, LOG_IN, {
      status: 201,
      headers: { "x-subject-token": "canary-new", "set-cookie": "canary=1", "x-secret": "canary" },
      body: { application_credential: { id: "1", secret: "canary", roles: [{ name: "member" }] } },
    });
    t.match(told, "x-subject-token: (not shown)");
    t.match(told, '{"application_credential":{"id":"1","secret":"(sensitive)"');
    t.match(told, '"member"');
    t.notMatch(told, "canary");
  },
);

for (const [what, body] of [
  ["as text", `no such user with ${SECRET} and canary-token`],
  ["as JSON", { error: { message: `bad password ${SECRET}`, title: "canary-token" } }],
  ["in a page", `<html>${"x".repeat(1990)} ${SECRET} canary-token</html>`],
  ["encoded", `/?password=${encodeURIComponent(SECRET)}`],
  ["in JSON in JSON", { error: { message: JSON.stringify({ password: SECRET }) } }],
  ["in a form", new URLSearchParams({ password: SECRET }).toString()],
  ["in HTML", "<p>canary &quot;quoted&quot; &amp; more</p>"],
  ["as a name", { [SECRET]: "canary-token", error: { message: "", type: SECRET } }],
] as const) {
  t.test(`a cloud that repeats secrets ${what} does not make them known`, async (t) => {
    const { told, outcome, sent } = await trace(t, LOG_IN, { status: 400, body });
    t.notMatch(told, "canary");
    if (outcome.kind === "failure") throw outcome.error;
    const { error } = answerFailure(sent, outcome.answer, new Date());
    t.notMatch(error.message, "canary");
    t.notMatch(error.response, { type: "canary" });
  });
}

t.test("nor one that repeats them in headers", async (t) => {
  const headers = {
    location: `/?token=canary-token&password=${encodeURIComponent(SECRET)}`,
    "x-openstack-request-id": "req-canary-token",
  };
  const { told, outcome, sent } = await trace(t, LOG_IN, { status: 302, headers });
  t.notMatch(told, "canary");
  if (outcome.kind === "failure") throw outcome.error;
  const { error } = answerFailure(sent, outcome.answer, new Date());
  t.notMatch(`${error.help} ${error.response.requestId}`, "canary");
});

const BASIC = btoa("client:canary%2Fsecret");

for (const [authorization, ...said] of [
  ["Bearer canary-token", "canary-token"],
  [`Basic ${BASIC}`, BASIC, "canary/secret", "canary%2fsecret"],
]) {
  t.test(`what ${authorization?.slice(0, 6)} authorizes is known without its scheme`, async (t) => {
    const headers = { authorization: new Sensitive(String(authorization)) };
    const { told } = await trace(t, { headers }, { status: 401, body: { said } });
    t.notMatch(told, new RegExp(`canary|${BASIC}`, "u"));
  });
}

for (const body of [
  "access_token=canary&token_type=Bearer",
  '{"access_token":"canary"',
  "canary",
]) {
  t.test(`a success that is no JSON is not shown: ${body}`, async (t) => {
    const { told, outcome, sent } = await trace(t, LOG_IN, { status: 200, body });
    t.notMatch(told, "canary");
    if (outcome.kind === "failure") throw outcome.error;
    const read = readJson(sent, outcome.answer);
    t.notMatch(read.kind === "failure" && read.error.message, "canary");
  });
}

t.test("a request without an answer is told as one", async (t) => {
  const { told } = await trace(t, LOG_IN, "hang up");
  t.match(told, /#1 after \d+ ms: no answer from .* to POST \/v3\/x/u);
});
