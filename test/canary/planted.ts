import { generateKeyPairSync } from "node:crypto";
import sshpk from "sshpk";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const clientKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** A certificate of a client, and its key. */
export const CLIENT = {
  key: clientKey,
  certificate: sshpk
    .createSelfSignedCertificate(
      sshpk.identityFromDN("CN=client"),
      sshpk.parsePrivateKey(clientKey, "pem"),
    )
    .toString("pem"),
};

/** The secrets that are planted, by where they are. */
export const CANARY = {
  password: "canary-password-1f6a",
  wrongPassword: 'canary "wrong" password-77',
  typedPassword: "canary-password-that-is-typed",
  passcode: "canary-passcode-913",
  totpSecret: "CANARYCANARYSECRETOFTOTP",
  token: "canary-token-0c2d",
  credentialSecret: "canary-credential-secret-5e",
  clientSecret: "canary-client-secret-a8",
  accessToken: "canary-access-token-b9",
  proxyPassword: "canary-proxy-password-cc",
  given: "canary-given-secret-d3f0",
  variable: "canary-variable-of-a-wrong-type",
  issuerPassword: "canary-issuer-password-e4 &<",
  environment: "canary-password-of-the-environment",
  passphrase: "canary-passphrase-of-the-state",
  formerPassphrase: "canary-former-passphrase",
  filePassphrase: "canary-passphrase-of-a-file",
  brokenKey: "canary-in-a-client-key-that-is-none",
  clientKey: clientKey.split("\n")[1] ?? "",
} as const;
