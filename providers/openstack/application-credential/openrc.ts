import {
  type DeliveredCredential,
  type DeliveryFormat,
  environmentOf,
  occupantOfLines,
  quoteForShell,
  secretOfLines,
} from "./delivered-credential.js";

/** What an earlier rc file may have left, and what would contradict an application credential. */
const LEFTOVERS = [
  ["OS_USERNAME", "OS_USER_ID", "OS_USER_DOMAIN_NAME", "OS_USER_DOMAIN_ID", "OS_PASSWORD"],
  ["OS_PROJECT_NAME", "OS_PROJECT_ID", "OS_PROJECT_DOMAIN_NAME", "OS_PROJECT_DOMAIN_ID"],
  ["OS_TENANT_NAME", "OS_TENANT_ID", "OS_DOMAIN_NAME", "OS_DOMAIN_ID", "OS_SYSTEM_SCOPE"],
  ["OS_TOKEN", "OS_TRUST_ID", "OS_PASSCODE", "OS_APPLICATION_CREDENTIAL_NAME", "OS_CLOUD"],
  ["OS_REGION_NAME", "OS_CACERT", "OS_INSECURE", "OS_ENDPOINT_TYPE"],
] as const;

const HEADER = "# An OpenStack application credential, written by Portcullis. Load it with: . FILE";
const LINE =
  /^(?:# An OpenStack application credential, .*|unset(?: OS_[A-Z_]+)+|export OS_[A-Z_]+='.*')$/u;
const ID = /^export OS_APPLICATION_CREDENTIAL_ID='([^']*)'$/mu;

/** A script for a POSIX shell to source. */
export const openrc: DeliveryFormat = {
  shared: false,
  occupant: (text) => occupantOfLines(text, LINE, ID),
  render: (credential: DeliveredCredential) =>
    [
      HEADER,
      ...LEFTOVERS.map((names) => `unset ${names.join(" ")}`),
      ...environmentOf(credential).map(([name, value]) => `export ${name}=${quoteForShell(value)}`),
      "",
    ].join("\n"),
  secretIn: secretOfLines,
  erase: () => undefined,
};
