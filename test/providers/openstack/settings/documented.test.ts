import { readFileSync } from "node:fs";
import t from "tap";
import { stringify } from "yaml";
import type { ValueObject } from "../../../../engine/model/value.js";
import { spellBody } from "../../../../providers/openstack/http/spell.js";
import { passcodesFor } from "../../../../providers/openstack/login/passcode.js";
import { proofOf } from "../../../../providers/openstack/login/proof.js";
import { readCloudSettings } from "../../../../providers/openstack/settings/cloud-settings.js";
import { isKnown } from "../../../../providers/openstack/settings/known-keys.js";
import { testRuntime } from "../../../helpers/runtime.js";

/** What `docs/log-in.md` tells of each key, shown by what the key does, in a file and as a variable. */
interface Row {
  /** The settings beside the key. */
  readonly base: Readonly<Record<string, string>>;
  readonly value: string;
  readonly effect: object | RegExp;
}

const CERTIFICATE = "-----BEGIN CERTIFICATE-----";
const KEY = "-----BEGIN PRIVATE KEY-----";
const NAMES = { auth_url: "https://k", username: "u", password: "hush", project_name: "p" };
const without = (...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(NAMES).filter(([key]) => !keys.includes(key)));

const CREDENTIAL = {
  auth_url: "https://k",
  application_credential_id: "a",
  application_credential_secret: "hush",
};
const OIDC = {
  auth_url: "https://k",
  auth_type: "v3oidcclientcredentials",
  identity_provider: "idp",
  protocol: "openid",
  client_id: "client",
  client_secret: "hush",
  access_token_endpoint: "https://issuer/token",
  project_id: "p1",
};
const omit = (base: Readonly<Record<string, string>>, ...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(base).filter(([key]) => !keys.includes(key)));

const named = (value: string, effect: Row["effect"], base: Row["base"] = NAMES): Row => ({
  base,
  value,
  effect,
});
const user = (it: object) => ({ proof: { password: { user: it } } });
const project = (it: object) => ({ scope: { project: it } });
const services = (it: object) => ({ services: it });

const ROWS: Readonly<Record<string, Row>> = {
  auth_url: named("https://other/v3", { authUrl: "https://other/v3" }, without("auth_url")),
  auth_type: named("v3totp", { proof: { methods: ["totp"] } }, { ...NAMES, passcode: "123456" }),
  auth_methods: named(
    "v3password,v3totp",
    { proof: { methods: ["password", "totp"] } },
    { ...NAMES, passcode: "123456" },
  ),
  username: named("ada", user({ name: "ada" }), without("username")),
  user_id: named("u1", user({ id: "u1" })),
  user_domain_id: named("dom", user({ domain: { id: "dom" } })),
  user_domain_name: named("D", user({ domain: { name: "D" } })),
  password: named("0123", user({ password: "0123" }), without("password")),
  passcode: named(
    "012345",
    { proof: { totp: { user: { passcode: "012345" } } } },
    without("password"),
  ),
  totp_secret: named(
    "GEZDGNBVGY3TQOJQ",
    { proof: { totp: { user: { passcode: /^\d{6}$/u } } } },
    { ...without("password"), auth_type: "totp" },
  ),
  token: named(
    "tok",
    { proof: { token: { id: "tok" } } },
    { ...without("username", "password"), auth_type: "token" },
  ),
  application_credential_id: named(
    "a1",
    { proof: { application_credential: { id: "a1" } } },
    omit(CREDENTIAL, "application_credential_id"),
  ),
  application_credential_name: named(
    "ci",
    { proof: { application_credential: { name: "ci", user: { name: "u" } } } },
    { ...omit(CREDENTIAL, "application_credential_id"), username: "u" },
  ),
  application_credential_secret: named(
    "s",
    { proof: { application_credential: { secret: "s" } } },
    omit(CREDENTIAL, "application_credential_secret"),
  ),
  project_id: named("p1", project({ id: "p1" })),
  project_name: named("shop", project({ name: "shop" }), without("project_name")),
  project_domain_id: named("dom", project({ domain: { id: "dom" } })),
  project_domain_name: named("D", project({ domain: { name: "D" } })),
  domain_id: named("dom", {
    ...user({ domain: { id: "dom" } }),
    ...project({ domain: { id: "dom" } }),
  }),
  domain_name: named("D", {
    ...user({ domain: { name: "D" } }),
    ...project({ domain: { name: "D" } }),
  }),
  default_domain: named("dom", user({ domain: { id: "dom" } })),
  trust_id: named("t1", { scope: { "OS-TRUST:trust": { id: "t1" } } }),
  system_scope: named("all", /system_scope cannot be used/iu),
  identity_provider: named("x", { identityProvider: "x" }, omit(OIDC, "identity_provider")),
  protocol: named("saml", { protocol: "saml" }, omit(OIDC, "protocol")),
  client_id: named("x", { access: { client: { id: "x" } } }, omit(OIDC, "client_id")),
  client_secret: named("x", { access: { client: { secret: "x" } } }, omit(OIDC, "client_secret")),
  discovery_endpoint: named(
    "https://i/.well-known",
    { access: { endpoint: { kind: "discovery", url: "https://i/.well-known" } } },
    omit(OIDC, "access_token_endpoint"),
  ),
  access_token_endpoint: named(
    "https://i/token",
    { access: { endpoint: { kind: "token", url: "https://i/token" } } },
    omit(OIDC, "access_token_endpoint"),
  ),
  openid_scope: named("email", { access: { form: { scope: "email" } } }, OIDC),
  access_token: named(
    "x",
    { access: { kind: "token", token: "x" } },
    { ...OIDC, auth_type: "v3oidcaccesstoken" },
  ),
  access_token_type: named("id_token", { access: { token: "id_token" } }, OIDC),
  identity_api_version: named("2", /identity_api_version must be 3/iu),
  compute_api_version: named("1.1", /compute_api_version must be 2.1/iu),
  network_api_version: named("9", /network_api_version must be 2.0/iu),
  profile: named("elastx", { authUrl: "https://ops.elastx.cloud:5000/v3" }, without("auth_url")),
  region_name: named("One", { region: "One", ...services({ network: { region: "One" } }) }),
  interface: named("internalURL", services({ network: { interfaces: ["internal"] } })),
  api_timeout: named("7", { timeout: 7000 }),
  verify: named("false", { tls: { verify: false } }),
  insecure: named("true", { tls: { verify: false } }),
  cacert: named("ca.pem", { tls: { authorities: { pem: `${CERTIFICATE} CA` } } }),
  cert: named("cert.pem", { tls: { certificate: `${CERTIFICATE} CERT` } }),
  key: named("key.pem", { tls: { privateKey: `${KEY} KEY` } }),
  network_interface: named("admin", services({ network: { interfaces: ["admin"] } })),
  network_region_name: named("Two", services({ network: { region: "Two" } })),
  network_service_type: named("sdn", services({ network: { type: "sdn" } })),
  network_service_name: named("blue", services({ network: { name: "blue" } })),
  network_endpoint_override: named("https://n", services({ network: { override: "https://n" } })),
  network_endpoint: named("https://n", services({ network: { override: "https://n" } })),
};

/** What a file says where the variable says something else. */
const OTHERS: Readonly<Record<string, string>> = {
  password: "file",
  passcode: "000000",
  token: "file",
  application_credential_secret: "file",
  default_domain: "file",
  client_secret: "file",
  access_token: "file",
  region_name: "File",
  interface: "public",
  cacert: "cert.pem",
  cert: "ca.pem",
  key: "other.pem",
};

/** As it goes over the wire. */
const spelled = (value: ValueObject): unknown => {
  const request = { method: "POST", origin: "", path: "", headers: {} } as const;
  return JSON.parse(spellBody({ ...request, body: { kind: "json", value } }) ?? "");
};

const variables = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([key, it]) => [`OS_${key.toUpperCase()}`, it]));

/** The settings and what would be sent, flat; the message where they are refused. */
async function readAs(
  fields: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<object | string> {
  const runtime = testRuntime({
    env,
    files: {
      "ca.pem": `${CERTIFICATE} CA`,
      "cert.pem": `${CERTIFICATE} CERT`,
      "key.pem": `${KEY} KEY`,
      "other.pem": `${KEY} OTHER`,
      ...(Object.keys(fields).length > 0 && {
        "clouds.yaml": stringify({ clouds: { c: fields } }),
      }),
    },
  });
  try {
    const { logIn, ...settings } = await readCloudSettings({}, runtime);
    const { identity, scope } = logIn;
    const own =
      identity.kind === "factors"
        ? { proof: spelled(await proofOf(identity.factors, passcodesFor(logIn, runtime))) }
        : { ...identity, access: spelled(identity.access as unknown as ValueObject) };
    const { privateKey } = settings.tls;
    const tls = { ...settings.tls, ...(privateKey && { privateKey: privateKey.reveal() }) };
    return { ...settings, tls, scope, ...own };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const DOCUMENT = readFileSync(new URL("../../../../docs/log-in.md", import.meta.url), "utf8");
const TOLD = [...DOCUMENT.matchAll(/^\| `(\w+)` \|.*\| (wins|adds)?[^|]*\|$/gmu)];

t.test("every key that is documented is checked here, and no other", async (t) => {
  t.strictSame(
    TOLD.map(([, key]) => key),
    Object.keys(ROWS),
  );
});

t.test(
  "every key that is documented is known, so that a name much like it is a mistake",
  async (t) => {
    t.strictSame(
      TOLD.map(([, key = ""]) => key).filter((key) => !isKnown(key)),
      [],
    );
  },
);

for (const [, key = "", beside] of TOLD) {
  const { base, value, effect } = ROWS[key] ?? named("", {});
  const whole = { ...base, [key]: value };

  t.test(`${key} in a file and as a variable`, async (t) => {
    t.match(await readAs(whole, {}), effect, "in a file");
    t.match(await readAs({}, variables(whole)), effect, "as a variable");
    t.notMatch(await readAs(base, {}), effect, "not without it");
  });

  t.test(`${key} as a variable beside a file's cloud`, async (t) => {
    const env = { OS_CLOUD: "c", ...variables({ [key]: value }) };
    const seen = await readAs(base, env);
    if (beside === undefined) t.notMatch(seen, effect, "does not count");
    else t.match(seen, effect, "counts");
    const other = OTHERS[key];
    if (other === undefined) return;
    const both = await readAs({ ...base, [key]: other }, env);
    if (beside === "wins") t.match(both, effect, "wins");
    else t.notMatch(both, effect, "the file wins");
  });
}
