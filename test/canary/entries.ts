import { CANARY } from "./planted.js";

/** Clouds by every way to log in: `good` lets in, the others hold a secret that does not. */
export function entries(authUrl: string, certificates: string) {
  const scope = { project_name: "demo", user_domain_id: "default", project_domain_id: "default" };
  const user = { auth_url: authUrl, username: "demo", ...scope };
  const federated = { auth_url: authUrl, identity_provider: "idp", protocol: "openid", ...scope };
  const issuer = { access_token_endpoint: new URL("/issuer", authUrl).href, client_id: "client" };
  const good = { ...user, password: CANARY.password };
  const secured = { ...good, auth_url: authUrl.replace("http:", "https:") };
  const cert = `${certificates}/client.pem`;
  return {
    good: { auth: good },
    // No proxy is asked for what is on this machine.
    far: { auth: { ...good, auth_url: "http://cloud.example/v3" } },
    mutual: { auth: good, cert, key: `${certificates}/client.key` },
    tls: { auth: secured, cert, key: `${certificates}/client.key` },
    "no-key": { auth: secured, cert, key: `${certificates}/broken.key` },
    wrong: { auth: { ...user, password: CANARY.wrongPassword } },
    asks: { auth: user },
    "one-time": {
      auth_type: "v3multifactor",
      auth_methods: ["v3password", "v3totp"],
      auth: { ...good, passcode: CANARY.passcode },
    },
    totp: { auth_type: "v3totp", auth: { ...user, totp_secret: CANARY.totpSecret } },
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
