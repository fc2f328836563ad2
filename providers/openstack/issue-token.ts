import type { IssuedToken } from "../../engine/model/issued-token.js";
import type { Runtime } from "../../engine/model/runtime.js";
import type { JsonObject, Sensitive } from "../../engine/model/value.js";
import type { Login, OpenStack } from "./cloud.js";
import { openTransport } from "./http/transport.js";
import { logInAt } from "./login/log-in.js";
import { doorTo, openCloud } from "./open-cloud.js";
import { readCloudSettings } from "./settings/cloud-settings.js";

/** What would contradict a token where an earlier rc file has left it. */
const CONTRADICTING = [
  "CLOUD AUTH_METHODS PASSWORD PASSCODE USERNAME USER_ID USER_DOMAIN_NAME USER_DOMAIN_ID",
  "APPLICATION_CREDENTIAL_ID APPLICATION_CREDENTIAL_NAME APPLICATION_CREDENTIAL_SECRET",
  "PROJECT_ID PROJECT_NAME PROJECT_DOMAIN_NAME PROJECT_DOMAIN_ID TENANT_ID TENANT_NAME",
  "DOMAIN_ID DOMAIN_NAME SYSTEM_SCOPE TRUST_ID REGION_NAME CACERT CERT KEY INSECURE",
]
  .flatMap((names) => names.split(" "))
  .map((name) => `OS_${name}`);

type Reach = Readonly<Record<string, string>>;

/** Keystone gives no token for that of an application credential, and the client always asks (Zed: 500). */
const NOT_EXCHANGED =
  "This token is of an application credential: send it as X-Auth-Token. The openstack command cannot use it; give it the credential itself.";

/** Logs in for another client of OpenStack: one request. Throws OutsideError. */
export async function issueToken(settings: JsonObject, runtime: Runtime): Promise<IssuedToken> {
  const found = await readCloudSettings(settings, runtime);
  const transport = openTransport(found, runtime);
  try {
    const logInAgain = logInAt(doorTo(found, transport, runtime));
    const token = await logInAgain();
    const cloud = openCloud({ settings: found, transport, runtime, token, logInAgain });
    const reach = reachOf(cloud.login);
    const variables = variablesFor(cloud, reach, token.value);
    const { value, expiresAt } = token;
    return {
      value,
      ...(expiresAt !== undefined && { expiresAt }),
      identity: cloud.identity,
      reach,
      variables,
      contradicting: CONTRADICTING.filter((name) => !(name in variables)),
      notes: token.applicationCredential ? [NOT_EXCHANGED] : [],
    };
  } finally {
    await transport.close();
  }
}

/** By the names that the settings have in clouds.yaml; as variables they are these in capitals behind `OS_`. */
function reachOf({ interface: which, cacert, cert, key, verify }: Login): Reach {
  return {
    interface: which,
    ...(cacert !== undefined && { cacert }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(!verify && { insecure: "true" }),
  };
}

function variablesFor(
  { identity, login }: OpenStack,
  reach: Reach,
  token: Sensitive,
): IssuedToken["variables"] {
  const others = Object.entries(reach).map(([name, value]) => [`OS_${name.toUpperCase()}`, value]);
  return {
    OS_AUTH_TYPE: "v3token",
    OS_AUTH_URL: login.authUrl,
    OS_IDENTITY_API_VERSION: "3",
    OS_TOKEN: token,
    OS_PROJECT_ID: identity.project.id,
    ...(login.region !== undefined && { OS_REGION_NAME: login.region }),
    ...Object.fromEntries(others),
  };
}
