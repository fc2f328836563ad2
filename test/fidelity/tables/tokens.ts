import type { Json, JsonObject } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const DOMAIN = { id: "default" };
const ME = { name: "demo2", domain: DOMAIN, password: "$password" };

function logIn(auth: Json, capture?: Exchange["capture"]): Exchange {
  const more = capture ? { capture } : {};
  return send("nobody", "POST identity /v3/auth/tokens", { auth }, more);
}

function byPassword(user: JsonObject, scope?: Json, capture?: Exchange["capture"]): Exchange {
  const identity = { methods: ["password"], password: { user } };
  return logIn({ identity, ...(scope !== undefined && { scope }) }, capture);
}

const SUBJECT = { headers: { "x-subject-token": "$token" } };

/** Log-ins, tokens and what Keystone tells of users and projects. */
export const TOKEN_EXCHANGES: readonly Exchange[] = [
  send("nobody", "GET identity /"),
  send("nobody", "GET identity /v3"),
  send("nobody", "GET identity /v3/"),
  send("nobody", "GET identity /nope"),
  send("nobody", "GET identity /v3/nope"),
  byPassword(
    ME,
    { project: { name: "demo2", domain: DOMAIN } },
    { token: "header:x-subject-token" },
  ),
  byPassword({ id: "$demo2.user", password: "$password" }, { project: { id: "$demo2.project" } }),
  byPassword({ ...ME, name: "DEMO2" }, { project: { name: "DEMO2", domain: { name: "default" } } }),
  byPassword({ ...ME, domain: { name: "Default" } }),
  byPassword(ME),
  byPassword(ME, "unscoped", { unscoped: "header:x-subject-token" }),
  byPassword({ ...ME, password: "wrong" }),
  byPassword({ ...ME, domain: { name: "nope" } }),
  byPassword({ name: "demo2", password: "$password" }),
  byPassword({ name: "demo2", domain: DOMAIN }),
  byPassword({ name: "nobody", domain: DOMAIN, password: "x" }),
  byPassword({ domain: DOMAIN, password: "x" }),
  byPassword(ME, { project: { name: "nope", domain: DOMAIN } }),
  byPassword(ME, { project: { name: "demo2" } }),
  byPassword(ME, { project: { name: "admin", domain: DOMAIN } }),
  byPassword(ME, { project: { id: "nope" } }),
  byPassword(ME, { domain: DOMAIN }),
  byPassword(ME, { system: { all: true } }),
  logIn({ identity: { methods: ["password"] } }),
  logIn({ identity: { methods: ["password"], password: {} } }),
  // Which methods there are, the operator decides.
  { ...logIn({ identity: { methods: ["nope"], nope: {} } }), unstable: ["methods"] },
  logIn({ identity: { methods: ["token"], token: { id: "x" } } }),
  logIn({ identity: { methods: ["token"], token: { id: "$token" } } }),
  logIn({
    identity: { methods: ["token"], token: { id: "$unscoped" } },
    scope: { project: { id: "$demo2.project" } },
  }),
  ...[{}, [], "{"].map((body) => send("nobody", "POST identity /v3/auth/tokens", body)),
  send("demo2", "GET identity /v3/auth/tokens", undefined, SUBJECT),
  send("demo2", "GET identity /v3/auth/tokens?nocatalog", undefined, SUBJECT),
  send("demo2", "HEAD identity /v3/auth/tokens", undefined, SUBJECT),
  send("demo", "GET identity /v3/auth/tokens", undefined, SUBJECT),
  send("admin", "GET identity /v3/auth/tokens", undefined, SUBJECT),
  send("demo2", "GET identity /v3/auth/tokens"),
  send("demo2", "GET identity /v3/auth/tokens", undefined, {
    headers: { "x-subject-token": "nope" },
  }),
  send("$unscoped", "GET network /v2.0/security-groups"),
  send(
    "$unscoped",
    "POST identity /v3/users/$demo2.user/application_credentials",
    { application_credential: { name: "fidelity-0" } },
    { capture: { credential: "/application_credential/id" } },
  ),
  send("demo2", "DELETE identity /v3/users/$demo2.user/application_credentials/$credential"),
  send("demo2", "DELETE identity /v3/auth/tokens"),
  send("demo2", "DELETE identity /v3/auth/tokens", undefined, SUBJECT),
  send("$token", "GET identity /v3/users/$demo2.user"),
  send("demo2", "GET identity /v3/auth/tokens", undefined, SUBJECT),
  send("nobody", "GET identity /v3/users"),
  send("demo2", "GET identity /v3/auth/catalog"),
  send("demo2", "GET identity /v3/auth/projects"),
  send("demo2", "GET identity /v3/users/$demo2.user"),
  send("demo2", "GET identity /v3/users/$demo2.user/projects"),
  send("demo2", "GET identity /v3/users/nope"),
  send("demo2", "GET identity /v3/users/$demo.user"),
  send("demo2", "GET identity /v3/projects/$demo2.project"),
  send("demo2", "GET identity /v3/projects/nope"),
  send("demo2", "GET identity /v3/projects/$demo.project"),
  send("demo2", "GET identity /v3/domains/default"),
  ...["users", "projects", "roles"].map((kind) => send("demo2", `GET identity /v3/${kind}`)),
  send("admin", "GET identity /v3/users?name=demo2"),
  send("admin", "GET identity /v3/projects?name=demo2"),
  send("admin", "GET identity /v3/roles?name=member"),
  send("admin", "GET identity /v3/users/nope"),
  send("admin", "GET identity /v3/projects/nope"),
];
