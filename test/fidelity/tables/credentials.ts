import type { Json, JsonObject } from "../../../engine/model/value.js";
import { type Exchange, send } from "../exchange.js";

const CREDENTIALS = "identity /v3/users/$demo2.user/application_credentials";
const RULES = "identity /v3/users/$demo2.user/access_rules";

function post(application_credential: Json, capture?: Exchange["capture"]): Exchange {
  return send(
    "demo2",
    `POST ${CREDENTIALS}`,
    { application_credential },
    capture ? { capture } : {},
  );
}

function logIn(
  application_credential: Json,
  capture?: Exchange["capture"],
  scope?: Json,
): Exchange {
  const identity = { methods: ["application_credential"], application_credential };
  const auth: JsonObject = { identity, ...(scope !== undefined && { scope }) };
  return send("nobody", "POST identity /v3/auth/tokens", { auth }, capture ? { capture } : {});
}

/** Longer than the 72 bytes that bcrypt reads. */
const LONG = "long".repeat(20);

const REFUSED: readonly Json[] = [
  {},
  [],
  { name: "" },
  { name: " " },
  { name: 5 },
  { name: "x".repeat(256) },
  { name: "FIDELITY-1" },
  { name: "fidelity-x", bogus: 1 },
  { name: "fidelity-x", expires_at: "tomorrow" },
  { name: "fidelity-x", expires_at: "2030-01-01T00:00:00+02:00" },
  { name: "fidelity-x", expires_at: "2020-01-01T00:00:00" },
  { name: "fidelity-x", expires_at: "2030-02-30T00:00:00" },
  { name: "fidelity-x", expires_at: 5 },
  { name: "fidelity-x", roles: [{ name: "admin" }] },
  { name: "fidelity-x", roles: [{ name: "nosuch" }] },
  { name: "fidelity-x", roles: [{ id: "nosuch" }] },
  { name: "fidelity-x", roles: [{ id: "x", name: "y" }] },
  { name: "fidelity-x", roles: [{}] },
  { name: "fidelity-x", roles: [{ bogus: "x" }] },
  { name: "fidelity-x", roles: "member" },
  { name: "fidelity-x", unrestricted: "yes" },
  { name: "fidelity-x", secret: 5 },
  {
    name: "fidelity-x",
    access_rules: [{ path: `/${"p".repeat(128)}`, method: "GET", service: "compute" }],
  },
  { name: "fidelity-x", description: 5 },
  { name: "fidelity-x", access_rules: [{ path: "v2", method: "GET", service: "compute" }] },
  { name: "fidelity-x", access_rules: [{ path: "/v2", method: "get", service: "compute" }] },
  { name: "fidelity-x", access_rules: [{ path: "/v2", method: "GET", service: "com pute" }] },
  { name: "fidelity-x", access_rules: [{ path: "/v2", method: "GET" }] },
  { name: "fidelity-x", access_rules: [{ path: "/v2", method: "GET", service: "a", bogus: "x" }] },
];

/** Keystone's application credentials and access rules. */
export const CREDENTIAL_EXCHANGES: readonly Exchange[] = [
  post(
    { name: "fidelity-1" },
    {
      one: "/application_credential/id",
      secret: "/application_credential/secret",
    },
  ),
  post(
    {
      name: "fidelity-2",
      description: "second",
      secret: "own secret",
      expires_at: "2030-01-02T03:04:05Z",
      roles: [{ name: "MEMBER" }],
      unrestricted: true,
    },
    { two: "/application_credential/id" },
  ),
  post(
    {
      name: "fidelity-3",
      secret: "third secret",
      expires_at: "2030-01-01 00:00",
      roles: [],
      access_rules: [
        { path: "$compute.prefix/v2.1/servers", method: "GET", service: "compute" },
        { path: "$network.prefix/v2.0/**", method: "GET", service: "network" },
      ],
      unrestricted: false,
    },
    { three: "/application_credential/id" },
  ),
  post(
    {
      name: "fidelity-4",
      expires_at: "2030-01-02T03:04:05.123456",
      access_rules: [{ path: "$compute.prefix/v2.1/servers", method: "GET", service: "compute" }],
    },
    { four: "/application_credential/id" },
  ),
  ...REFUSED.map((body) => post(body)),
  ...[{}, [], "{"].map((body) => send("demo2", `POST ${CREDENTIALS}`, body)),
  send("demo2", `GET ${CREDENTIALS}/$two`),
  send("demo2", `GET ${CREDENTIALS}/nope`),
  send("demo2", `GET ${CREDENTIALS}?name=fidelity-1`),
  send("demo2", `GET ${CREDENTIALS}?name=FIDELITY-1&limit=1`),
  send("demo2", `GET ${CREDENTIALS}?name=nope`),
  ...["PUT", "PATCH", "POST"].map((method) => send("demo2", `${method} ${CREDENTIALS}/$one`, {})),
  send("demo2", `PUT ${CREDENTIALS}`, {}),
  send("demo", `GET ${CREDENTIALS}`),
  send("demo", `GET ${CREDENTIALS}/$one`),
  send("demo", `POST ${CREDENTIALS}`, { application_credential: { name: "fidelity-x" } }),
  send("demo", `DELETE ${CREDENTIALS}/$one`),
  send("admin", `GET ${CREDENTIALS}?name=fidelity-1`),
  send("admin", `POST ${CREDENTIALS}`, { application_credential: { name: "fidelity-x" } }),
  send("nobody", `GET ${CREDENTIALS}`),
  send("demo2", `GET ${RULES}?service=compute&path=$compute.prefix/v2.1/servers`, undefined, {
    capture: { rule: "/access_rules/0/id" },
  }),
  send("demo2", `GET ${RULES}?service=nope`),
  send("demo2", `GET ${RULES}/$rule`),
  send("demo2", `GET ${RULES}/nope`),
  send("demo2", `DELETE ${RULES}/$rule`),
  send("demo2", `DELETE ${RULES}/nope`),
  send("demo2", `POST ${RULES}`, {}),
  send("demo2", `PATCH ${RULES}/$rule`, {}),
  send("demo", `GET ${RULES}`),
];

/** Log-ins with them. Follows {@link CREDENTIAL_EXCHANGES}. */
export const CREDENTIAL_LOG_INS: readonly Exchange[] = [
  logIn({ id: "$one", secret: "$secret" }, { restricted: "header:x-subject-token" }),
  logIn({
    name: "FIDELITY-1",
    user: { name: "demo2", domain: { id: "default" } },
    secret: "$secret",
  }),
  logIn({ name: "fidelity-1", user: { id: "$demo2.user" }, secret: "$secret" }),
  logIn({ name: "nope", user: { id: "$demo2.user" }, secret: "$secret" }),
  logIn({ name: "fidelity-1", user: { id: "nope" }, secret: "$secret" }),
  logIn({ name: "fidelity-1", user: { name: "demo2" }, secret: "$secret" }),
  logIn({ name: "fidelity-1", secret: "$secret" }),
  logIn({ id: "$one", secret: "wrong" }),
  logIn({ id: "nope", secret: "$secret" }),
  logIn({ id: "$one" }),
  logIn({}),
  post({ name: "fidelity-long", secret: LONG }, { long: "/application_credential/id" }),
  ...[80, 72, 71].map((length) => logIn({ id: "$long", secret: LONG.slice(0, length) })),
  send("demo2", `DELETE ${CREDENTIALS}/$long`),
  logIn({ id: "$one", secret: "$secret" }, undefined, { project: { id: "$demo2.project" } }),
  logIn({ id: "$one", secret: "$secret" }, undefined, "unscoped"),
  send("$restricted", `GET ${CREDENTIALS}/$one`),
  send("$restricted", `POST ${CREDENTIALS}`, { application_credential: { name: "fidelity-x" } }),
  send("$restricted", `DELETE ${CREDENTIALS}/$one`),
  send("$restricted", "GET identity /v3/auth/tokens", undefined, {
    headers: { "x-subject-token": "$restricted" },
  }),
  logIn({ id: "$two", secret: "own secret" }, { unrestricted: "header:x-subject-token" }),
  send("$unrestricted", `POST ${CREDENTIALS}`, {
    application_credential: { name: "fidelity-5", roles: [{ name: "reader" }] },
  }),
  send(
    "$unrestricted",
    `POST ${CREDENTIALS}`,
    { application_credential: { name: "fidelity-5" } },
    {
      capture: { five: "/application_credential/id" },
    },
  ),
  send("$unrestricted", `DELETE ${CREDENTIALS}/$five`),
  logIn({ id: "$three", secret: "third secret" }, { narrow: "header:x-subject-token" }),
  send("$narrow", "GET compute /v2.1/servers"),
  send("$narrow", "GET compute /v2.1/os-keypairs"),
  send("$narrow", "GET network /v2.0/security-groups?name=nope"),
  send("$narrow", "DELETE network /v2.0/security-groups/nope"),
  send("$narrow", `GET ${CREDENTIALS}?name=nope`),
  send("$narrow", "GET identity /v3/auth/tokens", undefined, {
    headers: { "x-subject-token": "$narrow" },
  }),
  send("demo2", "GET identity /v3/auth/tokens", undefined, {
    headers: { "x-subject-token": "$narrow" },
  }),
  send("demo2", `DELETE ${CREDENTIALS}/nope`),
  ...["one", "two", "three", "four"].map((name) => send("demo2", `DELETE ${CREDENTIALS}/$${name}`)),
  send("demo2", `DELETE ${CREDENTIALS}/$one`),
  send("$restricted", `GET ${CREDENTIALS}`),
  send("demo2", "GET identity /v3/auth/tokens", undefined, {
    headers: { "x-subject-token": "$restricted" },
  }),
  logIn({ id: "$one", secret: "$secret" }),
  send("demo2", `DELETE ${RULES}/$rule`),
  send("demo2", `GET ${RULES}/$rule`),
];
