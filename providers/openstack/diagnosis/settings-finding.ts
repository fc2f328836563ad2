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
    log_in: `${methodOf(logIn)} of ${logIn.subject}`,
    ...(region !== undefined && { region }),
    interface: services.network.interfaces.join(", "),
    ...(proxy !== undefined && { proxy: new URL(proxy).origin }),
    ...(tls.authorities && { cacert: tls.authorities.path }),
    ...(variables.length > 0 && { variables: variables.sort() }),
    ...(unused.length > 0 && { not_used: unused }),
  });
}

function methodOf({ identity }: LogInRequest): string {
  return identity.kind === "factors"
    ? identity.factors.map((factor) => factor.method).join(" and ")
    : `OpenID Connect (${identity.protocol})`;
}
