import { CANARY } from "./canaries.js";

/** A clouds.yaml with an entry for each way to log in. */
export function cloudsFor(authUrl: string) {
  const scope = { project_name: "demo", user_domain_id: "default", project_domain_id: "default" };
  const user = { auth_url: authUrl, username: "demo", ...scope };
  const federated = { auth_url: authUrl, identity_provider: "idp", protocol: "openid", ...scope };
  const issuer = { access_token_endpoint: new URL("/issuer", authUrl).href, client_id: "client" };
  const factors = { auth_type: "v3multifactor", auth_methods: ["v3password", "v3totp"] };
  const password = CANARY.password;
  return {
    good: { auth: { ...user, password } },
    // No proxy is asked for what is on this machine.
    far: { auth: { ...user, auth_url: "http://cloud.example/v3", password } },
    wrong: { auth: { ...user, password: CANARY.wrongPassword } },
    "one-time": { ...factors, auth: { ...user, password, passcode: CANARY.passcode } },
    asked: { ...factors, auth: { ...user, password } },
    made: { ...factors, auth: { ...user, password, totp_secret: CANARY.totpSecret } },
    token: { auth_type: "v3token", auth: { auth_url: authUrl, token: CANARY.token, ...scope } },
    credential: {
      auth_type: "v3applicationcredential",
      auth: {
        auth_url: authUrl,
        application_credential_id: "0".repeat(32),
        application_credential_secret: CANARY.credentialSecret,
      },
    },
    client: {
      auth_type: "v3oidcclientcredentials",
      auth: { ...federated, ...issuer, client_secret: CANARY.clientSecret },
    },
    issuer: {
      auth_type: "v3oidcpassword",
      auth: { ...federated, ...issuer, username: "u", password: CANARY.issuerPassword },
    },
    access: {
      auth_type: "v3oidcaccesstoken",
      auth: { ...federated, access_token: CANARY.accessToken },
    },
  };
}

/** What proves who one is to the cloud of the tests. */
export const ACCEPTED = [
  CANARY.password,
  CANARY.passcode,
  CANARY.token,
  CANARY.credentialSecret,
  CANARY.accessToken,
  CANARY.issuedToken,
  CANARY.secretOfVariable,
];
