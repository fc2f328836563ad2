import t from "tap";
import type { JsonObject, ValueObject } from "../../../../engine/model/value.js";
import { spellBody } from "../../../../providers/openstack/http/spell.js";
import { openTransport } from "../../../../providers/openstack/http/transport.js";
import { passcodesFor } from "../../../../providers/openstack/login/passcode.js";
import { proofOf } from "../../../../providers/openstack/login/proof.js";
import { readCloudSettings } from "../../../../providers/openstack/settings/cloud-settings.js";
import { testRuntime } from "../../../helpers/runtime.js";

const AUTH = { auth_url: "https://k/v3", username: "u", password: "hush", project_name: "p" };

const read = (entry: JsonObject, files: Record<string, string> = {}) =>
  readCloudSettings({ name: "c", entry }, testRuntime({ files }));

/** As it goes over the wire. */
const sent = (value: ValueObject) => {
  const request = { method: "POST", origin: "", path: "", headers: {} } as const;
  return JSON.parse(spellBody({ ...request, body: { kind: "json", value } }) ?? "");
};

const bodyOf = async (auth: JsonObject, outside: JsonObject = {}) => {
  const { logIn } = await read({ auth, ...outside });
  const { identity, scope } = logIn;
  if (identity.kind !== "factors") throw new Error("it is federated");
  const proof = sent(await proofOf(identity.factors, passcodesFor(logIn, testRuntime())));
  return { auth: { identity: proof, ...(scope && { scope }) } };
};

const scope = { project: { name: "p", domain: { id: "default" } } };

t.test("a whole entry", async (t) => {
  const settings = await read({
    auth: AUTH,
    region_name: "One",
    interface: ["internalURL", "public"],
    network_interface: "admin",
    compute_endpoint_override: "https://c/",
    network_region_name: "Two",
    api_timeout: 30,
  });
  const interfaces = ["internal", "public"];
  t.match(settings, {
    name: "c",
    authUrl: "https://k/v3",
    region: "One",
    services: {
      identity: { interfaces, region: "One" },
      compute: { interfaces, region: "One", override: "https://c/" },
      network: { interfaces: ["admin"], region: "Two" },
    },
    tls: { verify: true },
    timeout: 30_000,
  });
});

t.test("a region's name is filled into URLs", async (t) => {
  const { authUrl, services } = await read({
    auth: { ...AUTH, auth_url: "https://{region_name}.k/v3" },
    region_name: "one",
    network_endpoint_override: "https://{region_name}.n/{other}",
  });
  t.strictSame([authUrl, services.network.override], ["https://one.k/v3", "https://one.n/{other}"]);
});

t.test("a time that no timer can wait for is as good as the longest", async (t) => {
  for (const [seconds, expected] of [
    ["999999", 999_999_000],
    ["1e12", 2_147_483_647],
    ["1e999", 2_147_483_647],
    ["0", 0],
  ] as const) {
    const { timeout, tls } = await read({ auth: AUTH, api_timeout: seconds });
    t.equal(timeout, expected);
    const transport = openTransport({ tls, timeout });
    const refused = {
      method: "GET",
      origin: "http://127.0.0.1:1",
      path: "/",
      headers: {},
    } as const;
    t.match(await transport.send(refused), { error: { message: /the connection was refused/u } });
    await transport.close();
  }
});

t.test("a version of Keystone that is gone is refused", async (t) => {
  for (const version of ["3", "v3", "3.14"])
    await read({ auth: AUTH, identity_api_version: version });
  for (const version of ["2", "2.0", "30"]) {
    await t.rejects(read({ auth: AUTH, identity_api_version: version }), {
      message: /identity_api_version must be 3/u,
    });
  }
});

t.test("secrets that the file leaves out come from the environment", async (t) => {
  const bodyFor = async (auth: string, env: Record<string, string>) => {
    const runtime = testRuntime({
      env: { OS_CLOUD: "c", ...env },
      files: { "clouds.yaml": `clouds: { c: { auth: { auth_url: "https://k", ${auth} } } }` },
    });
    const { logIn } = await readCloudSettings({}, runtime);
    const factors = logIn.identity.kind === "factors" ? logIn.identity.factors : [];
    return sent(await proofOf(factors, passcodesFor(logIn, runtime)));
  };
  const user = "user_id: u, project_id: p";
  t.match(await bodyFor(user, { OS_PASSWORD: "env" }), { password: { user: { password: "env" } } });
  t.match(await bodyFor(`${user}, password: file`, { OS_PASSWORD: "env" }), {
    password: { user: { password: "file" } },
  });
  const credential = "application_credential_id: a";
  t.match(await bodyFor(credential, { OS_APPLICATION_CREDENTIAL_SECRET: "env" }), {
    application_credential: { id: "a", secret: "env" },
  });
  t.match(await bodyFor(`${user}, passcode: 111111`, { OS_PASSCODE: "222222" }), {
    totp: { user: { passcode: "222222" } },
  });
  await t.rejects(bodyFor(credential, { OS_PASSWORD: "env" }), {
    message: /missing: application_credential_secret/u,
  });
});

t.test("users, projects and domains by name or id", async (t) => {
  const password = { ...AUTH, user_domain_name: "D", project_domain_id: "d2" };
  t.strictSame(await bodyOf(password), {
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { name: "u", domain: { name: "D" }, password: "hush" } },
      },
      scope: { project: { name: "p", domain: { id: "d2" } } },
    },
  });
  const ids = { auth_url: "https://k", user_id: "u1", project_id: "p1", password: 123 };
  t.strictSame(await bodyOf(ids), {
    auth: {
      identity: { methods: ["password"], password: { user: { id: "u1", password: "123" } } },
      scope: { project: { id: "p1" } },
    },
  });
});

t.test("one domain for both, and the default one where none is named", async (t) => {
  t.match(await bodyOf({ ...AUTH, domain_name: "D" }), {
    auth: {
      identity: { password: { user: { domain: { name: "D" } } } },
      scope: { project: { domain: { name: "D" } } },
    },
  });
  t.match(await bodyOf(AUTH), { auth: { scope } });
});

t.test("an application credential by name belongs to a user", async (t) => {
  const credential = {
    auth_url: "https://k",
    application_credential_name: "ci",
    application_credential_secret: "hush",
    username: "u",
    project_id: "left by an earlier rc file",
  };
  t.strictSame(await bodyOf(credential, { auth_type: "v3applicationcredential" }), {
    auth: {
      identity: {
        methods: ["application_credential"],
        application_credential: {
          name: "ci",
          user: { name: "u", domain: { id: "default" } },
          secret: "hush",
        },
      },
    },
  });
});

t.test("a token is exchanged for one of the project", async (t) => {
  t.strictSame(await bodyOf({ auth_url: "https://k", token: "hush", project_name: "p" }), {
    auth: { identity: { methods: ["token"], token: { id: "hush" } }, scope },
  });
});

t.test("everything missing or wrong is told at once, without the values", async (t) => {
  await t.rejects(read({ auth: {}, verify: "perhaps", api_timeout: "long", cacert: "ca.pem" }), {
    code: "bad-cloud-config",
    message:
      'cannot log in to "c": missing: auth_url, username or user_id, password, ' +
      "project_name or project_id; api_timeout must be a number, zero or more; " +
      "verify must be true or false; cacert names /work/ca.pem, which does not exist " +
      '(looked at the settings of "c")',
  });
  await t.rejects(read({ auth: { ...AUTH, username: ["u"] } }), {
    message: /username must be a text/u,
  });
  await t.rejects(readCloudSettings({}, testRuntime({ env: { OS_AUTH_URL: "https://k" } })), {
    message: /missing: OS_USERNAME or OS_USER_ID, OS_PASSWORD, OS_PROJECT_NAME or OS_PROJECT_ID/u,
  });
});

t.test("a password in a URL is refused, and not shown", async (t) => {
  const client = { client_id: "c", client_secret: "s", project_name: "p", auth_url: "https://k" };
  const federated = { auth_type: "v3oidcclientcredentials", identity_provider: "i", protocol: "p" };
  for (const [key, entry] of [
    ["auth_url", { auth: AUTH }],
    ["network_endpoint_override", { auth: AUTH }],
    ["access_token_endpoint", { auth: client, ...federated }],
    ["discovery_endpoint", { auth: client, ...federated }],
  ] as const) {
    const auth = { ...entry.auth, [key]: "ftp://admin:canary@k/v3" };
    await t.rejects(read({ ...entry, auth }), {
      code: "bad-cloud-config",
      message: `cannot log in to "c": ${key} has a user and a password, which no URL here may have (looked at the settings of "c")`,
    });
  }
});

t.test("one-time passcodes, alone or with other factors", async (t) => {
  const totp = {
    auth_url: "https://k",
    user_id: "u1",
    passcode: "012345",
    project_id: "p1",
    password: "hush",
  };
  t.strictSame(await bodyOf(totp, { auth_type: "v3totp" }), {
    auth: {
      identity: { methods: ["totp"], totp: { user: { id: "u1", passcode: "012345" } } },
      scope: { project: { id: "p1" } },
    },
  });
  const both = {
    methods: ["password", "totp"],
    password: { user: { id: "u1", password: "hush" } },
    totp: { user: { id: "u1", passcode: "012345" } },
  };
  for (const methods of [["v3password", "v3totp"], "v3password,v3totp", ["password", "totp"]]) {
    const outside = { auth_type: "v3multifactor", auth_methods: methods };
    t.match(await bodyOf(totp, outside), { auth: { identity: both } });
    t.match(await bodyOf(totp, { auth_methods: methods }), { auth: { identity: both } });
  }
});

t.test("federated log-ins say what they need", async (t) => {
  await t.rejects(read({ auth: { auth_url: "https://k" }, auth_type: "v3oidcpassword" }), {
    message: new RegExp(
      "missing: identity_provider, protocol, client_id, " +
        "discovery_endpoint or access_token_endpoint, username, password, project_name",
      "u",
    ),
  });
});

t.test("the scope of a trust, and none of the system or of a domain", async (t) => {
  const user = { auth_url: "https://k", username: "u", password: "hush" };
  t.match(await bodyOf({ ...user, trust_id: "t1" }), {
    auth: { scope: { "OS-TRUST:trust": { id: "t1" } } },
  });
  await t.rejects(read({ auth: { ...user, system_scope: "all" } }), {
    code: "bad-cloud-config",
    message: /system_scope cannot be used; what is managed here belongs to a project/u,
  });
  await t.rejects(read({ auth: { ...user, domain_name: "d" } }), {
    message: /domain_name is not enough; .* give project_name or project_id/u,
  });
});

t.test("a log-in method that is not there is named", async (t) => {
  for (const type of ["v3kerberos", "v3oidcauthcode", "none"]) {
    await t.rejects(read({ auth: AUTH, auth_type: type }), {
      code: "unsupported",
      message: `the log-in method "${type}" is not supported`,
      help: /v3totp, v3multifactor/u,
    });
  }
});

t.test("whose certificates are trusted, and which one is shown", async (t) => {
  const CA = "# the authority\n-----BEGIN CERTIFICATE-----\nCA";
  const CERT = "-----BEGIN CERTIFICATE-----\nCERT";
  const KEY = "-----BEGIN EC PRIVATE KEY-----\nKEY";
  const files = { "ca.pem": CA, "cert.pem": CERT, "key.pem": KEY };
  const pems = { cacert: "ca.pem", cert: "cert.pem", key: "key.pem" };
  const { tls } = await read({ auth: AUTH, ...pems }, files);
  t.match(tls, {
    verify: true,
    authorities: { path: "/work/ca.pem", pem: CA },
    certificate: CERT,
  });
  t.equal(tls.privateKey?.reveal(), KEY);
  const together = `${CERT}\n-----BEGIN PRIVATE KEY-----`;
  const one = await read({ auth: AUTH, cert: "both.pem" }, { "both.pem": together });
  t.equal(one.tls.privateKey?.reveal(), together);
  for (const off of [{ verify: false }, { insecure: "True" }, { verify: true, insecure: 1 }]) {
    t.strictSame((await read({ auth: AUTH, cacert: "ca.pem", ...off }, files)).tls, {
      verify: false,
    });
  }
});

t.test("a file that holds no certificate or no key is told before anything is sent", async (t) => {
  const files = { "der.crt": "0\u0082", "key.pem": "-----BEGIN PRIVATE KEY-----" };
  const wrong = { cacert: "der.crt", cert: "key.pem", key: "der.crt" };
  await t.rejects(read({ auth: AUTH, ...wrong }, files), {
    code: "bad-cloud-config",
    message:
      'cannot log in to "c": cacert names /work/der.crt, which holds no certificate in PEM; ' +
      "cert names /work/key.pem, which holds no certificate in PEM; " +
      'key names /work/der.crt, which holds no private key in PEM (looked at the settings of "c")',
  });
});

t.test("a folder of authorities is read as OpenSSL reads it", async (t) => {
  const one = "-----BEGIN CERTIFICATE-----\nONE";
  const two = "-----BEGIN CERTIFICATE-----\nTWO";
  const files = {
    "certs/5ed36f99.0": one,
    "certs/5ed36f99.1": two,
    "certs/other.pem": "-----BEGIN CERTIFICATE-----\nOTHER",
    "certs/00000000.0": "no certificate",
    "plain/ca.pem": one,
  };
  const { tls } = await read({ auth: AUTH, cacert: "certs" }, files);
  t.strictSame(tls.authorities, { path: "/work/certs", pem: `${one}\n${two}` });
  await t.rejects(read({ auth: AUTH, cacert: "plain", cert: "plain" }, files), {
    code: "bad-cloud-config",
    message:
      'cannot log in to "c": cacert names the folder /work/plain, which has no certificates in PEM under the names of ' +
      "their hashes: name a file, or run `openssl rehash /work/plain`; " +
      'cert names /work/plain, which is a folder (looked at the settings of "c")',
  });
});

t.test(
  "the bundle that a variable names for all programs counts where nothing else is said",
  async (t) => {
    const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}`;
    const files = { requests: pem("requests"), curl: pem("curl"), own: pem("own"), os: pem("os") };
    const both = { REQUESTS_CA_BUNDLE: "requests", CURL_CA_BUNDLE: "curl" };
    const trusted = async (
      env: Record<string, string>,
      more: JsonObject = {},
      auth_url = "https://k",
    ) => {
      const clouds = JSON.stringify({ clouds: { c: { auth: { ...AUTH, auth_url }, ...more } } });
      const runtime = testRuntime({
        env: { OS_CLOUD: "c", ...env },
        files: { ...files, "clouds.yaml": clouds },
      });
      const { authorities } = (await readCloudSettings({}, runtime)).tls;
      return authorities && [authorities.path, authorities.variable];
    };
    t.strictSame(await trusted(both), ["/work/requests", "REQUESTS_CA_BUNDLE"]);
    t.strictSame(await trusted({ ...both, REQUESTS_CA_BUNDLE: "" }), [
      "/work/curl",
      "CURL_CA_BUNDLE",
    ]);
    t.strictSame(await trusted({ ...both, OS_CACERT: "os" }), ["/work/os", undefined]);
    t.strictSame(await trusted({ ...both, OS_CACERT: "os" }, { cacert: "own" }), [
      "/work/own",
      undefined,
    ]);
    t.strictSame(await trusted(both, { verify: true }), ["/work/requests", "REQUESTS_CA_BUNDLE"]);
    t.equal(await trusted(both, { verify: false }), undefined);
    t.equal(await trusted({}), undefined);
    const lost = { CURL_CA_BUNDLE: "lost.pem" };
    await t.rejects(trusted(lost), {
      code: "bad-cloud-config",
      message: /: CURL_CA_BUNDLE names \/work\/lost.pem, which does not exist \(/u,
    });
    t.equal(await trusted(lost, {}, "http://k"), undefined, "nothing is checked there");
  },
);

t.test("no secret shows when settings are printed", async (t) => {
  const settings = await read(
    { auth: AUTH, key: "key.pem" },
    { "key.pem": "-----BEGIN PRIVATE KEY-----\nhush" },
  );
  t.notMatch(JSON.stringify(settings), /hush/u);
});
