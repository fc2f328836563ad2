import t, { type Test } from "tap";
import { isObject, type JsonObject } from "../../../../engine/model/value.js";
import { connect } from "../../../../providers/openstack/connect.js";
import { oidcIssuer } from "../../../helpers/oidc-issuer.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { tokenAnswer } from "../../../helpers/scripted-cloud.js";
import { scriptedServer } from "../../../helpers/scripted-server.js";

const FEDERATED = "/v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth";

/** A Keystone that trusts an issuer and takes its tokens of one kind. */
async function federatedCloud(t: Test) {
  const issuer = await oidcIssuer(t, {
    clients: { portcullis: "cl:ient secret", public: undefined },
    users: { alice: "hush" },
  });
  const keystone = await scriptedServer(t, ({ path, headers, body }, origin) => {
    if (path === FEDERATED) {
      const bearer = String(headers.authorization).replace("Bearer ", "");
      if (!issuer.accepts(bearer)) return { status: 401, body: { error: { message: "No." } } };
      return tokenAnswer(origin, "unscoped", { project: null, catalog: null });
    }
    const asked = isObject(body) && isObject(body.auth) ? body.auth : {};
    const { token } = isObject(asked.identity) ? asked.identity : {};
    return path === "/v3/auth/tokens" && isObject(token) && token.id === "unscoped"
      ? tokenAnswer(origin, "scoped")
      : { status: 401, body: { error: { message: "No." } } };
  });
  const open = (auth_type: string, auth: JsonObject) => {
    const common = { auth_url: `${keystone.origin}/v3`, project_name: "demo" };
    const federation = { identity_provider: "corp", protocol: "openid" };
    const entry = { auth_type, auth: { ...common, ...federation, ...auth } };
    return connect({ name: "c", entry }, testRuntime());
  };
  return { issuer, keystone, open };
}

const secret = { client_id: "portcullis", client_secret: "cl:ient secret" };

t.test("client credentials, by the discovery document", async (t) => {
  const { issuer, keystone, open } = await federatedCloud(t);
  const auth = { ...secret, discovery_endpoint: issuer.discovery };
  const { identity, close } = await open("v3oidcclientcredentials", auth);
  t.equal(identity.project.name, "demo");
  t.strictSame(issuer.forms, [{ grant_type: "client_credentials", scope: "openid profile" }]);
  t.strictSame(keystone.lines(), [`POST ${FEDERATED}`, "POST /v3/auth/tokens"]);
  t.match(keystone.requests[1]?.body, {
    auth: {
      identity: { methods: ["token"], token: { id: "unscoped" } },
      scope: { project: { name: "demo", domain: { id: "default" } } },
    },
  });
  await close();
});

t.test("a password at the issuer, for a client with and without a secret", async (t) => {
  const { issuer, open } = await federatedCloud(t);
  const user = { username: "alice", password: "hush", openid_scope: "openid" };
  const endpoint = { access_token_endpoint: issuer.tokenEndpoint };
  for (const client of [secret, { client_id: "public" }]) {
    await (await open("v3oidcpassword", { ...user, ...endpoint, ...client })).close();
  }
  const form = { grant_type: "password", username: "alice", password: "hush", scope: "openid" };
  t.strictSame(issuer.forms, [form, { ...form, client_id: "public" }]);
});

t.test("an access token that somebody else got", async (t) => {
  const { issuer, open } = await federatedCloud(t);
  const connection = await open("v3oidcaccesstoken", { access_token: issuer.issue() });
  t.strictSame(issuer.forms, []);
  await connection.close();
});

t.test("what the issuer refuses is told in its words", async (t) => {
  const { issuer, open } = await federatedCloud(t);
  const auth = { ...secret, client_secret: "wrong", discovery_endpoint: issuer.discovery };
  await t.rejects(open("v3oidcclientcredentials", auth), {
    code: "unauthenticated",
    message: /^the issuer http:\S+ refused the log-in: invalid_client: who are you\?$/u,
    help: /client_secret/u,
  });
});

t.test("what Keystone refuses is told with the identity provider", async (t) => {
  const { open } = await federatedCloud(t);
  await t.rejects(open("v3oidcaccesstoken", { access_token: "hush" }), {
    code: "unauthenticated",
    message: /Keystone refused the given access token of the identity provider "corp": No/u,
    help: /no mapping/u,
  });
  const elsewhere = { access_token: "hush", identity_provider: "other" };
  await t.rejects(open("v3oidcaccesstoken", elsewhere), { code: "unauthenticated" });
});

t.test("an address that is no issuer", async (t) => {
  const { issuer, keystone, open } = await federatedCloud(t);
  const grant = (endpoints: JsonObject) =>
    open("v3oidcclientcredentials", { ...secret, ...endpoints });
  await t.rejects(grant({ discovery_endpoint: `${issuer.origin}/empty` }), {
    code: "bad-cloud-config",
    message: /names no token_endpoint/u,
  });
  await t.rejects(grant({ access_token_endpoint: `${issuer.origin}/empty` }), {
    message: /answers without access_token/u,
  });
  await t.rejects(grant({ access_token_endpoint: "issuer" }), { message: /no http\(s\) URL/u });
  t.strictSame(keystone.lines(), []);
});
