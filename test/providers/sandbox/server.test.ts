import { readFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { type SandboxOptions, startSandbox } from "../../../providers/sandbox/server.js";
import { Conversation } from "../../fidelity/cloud.js";
import { type Exchange, send } from "../../fidelity/exchange.js";

const GROUPS = "network /v2.0/security-groups";
const CREDENTIALS = "identity /v3/users/$demo.user/application_credentials";

/** A cloud, and how to ask it. */
async function cloud(t: Test, options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  t.teardown(() => sandbox.close().catch(() => {}));
  const { origin } = new URL(sandbox.authUrl);
  const talk = new Conversation({
    roots: {
      identity: `${origin}/identity`,
      compute: `${origin}/compute`,
      network: `${origin}/networking`,
    },
    password: "sandbox",
  });
  await talk.begin();
  return { ask: (exchange: Exchange) => talk.ask(exchange), close: () => sandbox.close() };
}

function newGroup(name = "web"): Exchange {
  const capture = { group: "/security_group/id" };
  return send("demo", `POST ${GROUPS}`, { security_group: { name } }, { capture });
}

t.test("a cloud with a data file is the same after a restart", async (t) => {
  const dataFile = join(t.testdir({}), "cloud.jsonl");
  const first = await cloud(t, { dataFile });
  const self = send("demo", "GET identity /v3/users/$demo.user");
  const list = send("demo", `GET ${GROUPS}`);
  await first.ask(newGroup());
  const credential = { name: "ci", secret: "a secret of mine" };
  await first.ask(send("demo", `POST ${CREDENTIALS}`, { application_credential: credential }));
  const before = [(await first.ask(list)).body, userOf((await first.ask(self)).body)];
  await first.close();
  t.notMatch(readFileSync(dataFile, "utf8"), /a secret of mine/, "no secret is kept");
  const second = await cloud(t, { dataFile });
  t.strictSame([(await second.ask(list)).body, userOf((await second.ask(self)).body)], before);
  const proof = { name: "ci", user: { id: "$demo.user" }, secret: "a secret of mine" };
  const identity = { methods: ["application_credential"], application_credential: proof };
  const logIn = send("nobody", "POST identity /v3/auth/tokens", { auth: { identity } });
  t.equal((await second.ask(logIn)).status, 201, "but it still opens the door");
});

/** Links name the port, which is another one. */
function userOf(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    key === "links" ? undefined : value,
  );
}

t.test("a request is seen before it takes effect and after", async (t) => {
  const seen: unknown[] = [];
  const { ask } = await cloud(t, {
    onRequest: ({ method, path, body }) => {
      if (path.includes("security-groups")) seen.push([method, path, body]);
    },
    onResponse: ({ method, path, status }) => {
      if (path.includes("security-groups")) seen.push([method, path, status]);
    },
  });
  await ask(newGroup());
  await ask(send("demo", `GET ${GROUPS}?name=web&fields=name`));
  t.strictSame(seen, [
    ["POST", "/networking/v2.0/security-groups", { security_group: { name: "web" } }],
    ["POST", "/networking/v2.0/security-groups", 201],
    ["GET", "/networking/v2.0/security-groups?name=web&fields=name", undefined],
    ["GET", "/networking/v2.0/security-groups?name=web&fields=name", 200],
  ]);
});

for (const [hook, expected] of [
  ["onRequest", { security_groups: [] }],
  ["onResponse", { security_groups: [{ name: "web" }] }],
] as const) {
  t.test(`a throw in ${hook} cuts the connection`, async (t) => {
    const { ask } = await cloud(t, {
      [hook]: ({ method, path }: { method: string; path: string }) => {
        if (method === "POST" && path.endsWith("security-groups")) throw new Error("cut");
      },
    });
    await t.rejects(ask(newGroup()), { message: "fetch failed" });
    const list = await ask(send("demo", `GET ${GROUPS}?name=web&fields=name`));
    t.strictSame(list.body, expected);
  });
}

t.test("limits refuse what goes beyond them, all of it", async (t) => {
  const quotas = { keyPairs: 0, securityGroups: 2, securityGroupRules: 7 };
  const { ask } = await cloud(t, { quotas });
  const keypair = { name: "k" };
  const key = await ask(send("demo", "POST compute /v2.1/os-keypairs", { keypair }));
  t.strictSame(
    [key.status, key.body],
    [403, { forbidden: { code: 403, message: "Quota exceeded, too many key pairs." } }],
  );
  await ask(newGroup());
  const over = (resource: string) => ({
    NeutronError: {
      type: "OverQuota",
      message: `Quota exceeded for resources: ['${resource}'].`,
      detail: "",
    },
  });
  t.strictSame((await ask(newGroup("more"))).body, over("security_group"));
  const rules = ["tcp", "udp"].map((protocol) => ({
    security_group_id: "$group",
    direction: "ingress",
    protocol,
  }));
  const bulk = send("demo", "POST network /v2.0/security-group-rules", {
    security_group_rules: rules,
  });
  t.strictSame((await ask(bulk)).body, over("security_group_rule"));
  const list = send(
    "demo",
    "GET network /v2.0/security-group-rules?direction=ingress&fields=protocol&security_group_id=$group",
  );
  t.strictSame((await ask(list)).body, { security_group_rules: [] });
});

t.test("a project whose limit is too low for its default group has no groups at all", async (t) => {
  const { ask } = await cloud(t, { quotas: { securityGroupRules: 3 } });
  t.equal((await ask(send("demo", `GET ${GROUPS}`))).status, 409);
});

t.test("a token ends with its time, a credential with its own", async (t) => {
  let now = new Date("2026-11-23T12:00:00Z");
  const { ask } = await cloud(t, { now: () => now, tokenSeconds: 60 });
  const soon = { name: "ci", secret: "s", expires_at: "2026-11-23T12:00:30" };
  const capture = { credential: "/application_credential/id" };
  await ask(send("demo", `POST ${CREDENTIALS}`, { application_credential: soon }, { capture }));
  const proof = { id: "$credential", secret: "s" };
  const identity = { methods: ["application_credential"], application_credential: proof };
  const logIn = send(
    "nobody",
    "POST identity /v3/auth/tokens",
    { auth: { identity } },
    {
      capture: { token: "header:x-subject-token", until: "/token/expires_at" },
    },
  );
  t.match((await ask(logIn)).body, { token: { expires_at: "2026-11-23T12:00:30.000000Z" } });
  now = new Date("2026-11-23T12:00:31Z");
  t.equal((await ask(logIn)).status, 401, "an expired credential does not log in");
  t.equal((await ask(send("$token", `GET ${GROUPS}`))).status, 401, "nor does its token serve");
  t.equal((await ask(send("demo", `GET ${CREDENTIALS}/$credential`))).status, 200, "it is listed");
  now = new Date("2026-11-23T12:01:01Z");
  t.equal((await ask(send("demo", `GET ${GROUPS}`))).status, 401);
});

t.test("a browser is refused", async (t) => {
  const { ask } = await cloud(t);
  const headers = { origin: "https://example.com" };
  const answer = await ask(send("demo", `GET ${GROUPS}`, undefined, { headers }));
  t.equal(answer.status, 403);
});

t.test("its clouds.yaml names four users", async (t) => {
  const sandbox = await startSandbox();
  t.teardown(() => sandbox.close());
  t.strictSame(Object.keys(sandbox.clouds), [
    "sandbox",
    "sandbox-admin",
    "sandbox-demo2",
    "sandbox-reader",
  ]);
  t.match(sandbox.clouds.sandbox, {
    auth: { auth_url: sandbox.authUrl, username: "demo", project_name: "demo" },
    region_name: "RegionOne",
  });
});
