import type { Finding } from "../../../engine/model/finding.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { proxyFor } from "../http/proxies.js";
import type { LogInRequest } from "../login/log-in-request.js";
import type { CloudSettings } from "../settings/cloud-settings.js";
import { found } from "./tried.js";

/** Which cloud was chosen, and where its settings come from. */
export function settingsFinding(settings: CloudSettings, { env }: Runtime): Finding {
  const { name, source, unused, authUrl, logIn, region, services, tls } = settings;
  const proxy = URL.canParse(authUrl) ? proxyFor(authUrl, settings.proxies) : undefined;
  const variables = Object.keys(env).filter(
    (it) => it.startsWith("OS_") && env[it] && !unused.includes(it),
  );
  return found("settings", source, {
    cloud: name,
    auth_url: authUrl,
    log_in: describe(logIn),
    ...(region !== undefined && { region }),
    interface: services.network.interfaces.join(", "),
    ...(proxy !== undefined && { proxy: new URL(proxy).origin }),
    ...(tls.authorities && { cacert: tls.authorities.path }),
    ...(variables.length > 0 && { variables: variables.sort() }),
    ...(unused.length > 0 && { not_used: unused }),
  });
}

/** `password and totp of user "demo"`; what is a log-in by itself needs no method. */
function describe({ identity, subject }: LogInRequest): string {
  if (identity.kind === "federation") return `OpenID Connect (${identity.protocol}) of ${subject}`;
  const methods = identity.factors.map((factor) => factor.method);
  const [only] = methods;
  const isAlone = methods.length === 1 && (only === "application_credential" || only === "token");
  return isAlone ? subject : `${methods.join(" and ")} of ${subject}`;
}
