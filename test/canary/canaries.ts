import { encodeBase32 } from "./base32.js";
import { core, odd, type Secret, textSecret } from "./secret.js";

/** The secrets that a user gives, by where they stand. */
export const CANARY = {
  password: odd("password"),
  wrongPassword: odd("wrong password"),
  passcode: odd("passcode"),
  typedPasscode: core("typed passcode"),
  totpSecret: encodeBase32(core("secret of passcodes")),
  token: odd("token"),
  credentialSecret: odd("credential secret"),
  clientSecret: odd("client secret"),
  issuerPassword: odd("issuer password"),
  accessToken: core("access token"),
  issuedToken: core("token of the issuer"),
  proxyPassword: odd("proxy password"),
  secretOfVariable: odd("secret of a variable"),
  secretOfEnvironment: odd("secret of the environment"),
  secretOfFile: odd("secret of a file"),
  variableOfWrongType: odd("variable of a wrong type"),
  passwordOfEnvironment: odd("password of the environment"),
  passphrase: odd("passphrase"),
  formerPassphrase: odd("former passphrase"),
  passphraseOfFile: odd("passphrase of a file"),
  passphraseOfCommand: odd("passphrase of a command"),
  keyFile: odd("what stands in place of a key"),
} as const;

/** Each as a whole, and its core: what is left where it was spelled in an unknown way. */
export const PLANTED_SECRETS: readonly Secret[] = [
  textSecret("totpSecret, unpacked", "totpSecret", core("secret of passcodes")),
  ...Object.entries(CANARY).flatMap(([name, text]) => {
    const cores = /Cn[A-Za-z0-9]{20}/u.exec(text) ?? [];
    return [...new Set([text, ...cores])].map((it) =>
      textSecret(it === text ? name : `${name}, its core`, name, it),
    );
  }),
];

/** Whoever gives something owns it. */
export const PLANTED_OWNERS: readonly string[] = Object.keys(CANARY);
