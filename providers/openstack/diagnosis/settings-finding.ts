import type { Finding } from "../../../engine/model/finding.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { proxyFor } from "../http/proxies.js";
import type { LogInRequest } from "../login/log-in-request.js";
import type { CloudSettings } from "../settings/cloud-settings.js";
import type { Unused } from "../settings/unused.js";
import { found } from "./tried.js";

/** Which cloud was chosen, and where its settings come from. */
export function settingsFinding(settings: CloudSettings, { env }: Runtime): Finding {
  const { name, source, unused, authUrl, logIn, region, services, tls, timeout } = settings;
  const proxy = URL.canParse(authUrl) ? proxyFor(authUrl, settings.proxies) : undefined;
  const idle = new Set(unused.map((it) => it.name));
  const variables = Object.keys(env).filter(
    (it) => it === tls.authorities?.variable || (it.startsWith("OS_") && env[it] && !idle.has(it)),
  );
  const facts = {
    cloud: name,
    auth_url: authUrl,
    log_in: describe(logIn),
    ...(region !== undefined && { region }),
    interface: services.network.interfaces.join(", "),
    ...namesOf(services),
    api_timeout: timeout > 0 ? `${timeout / 1000} s` : "none",
    ...(proxy !== undefined && { proxy: new URL(proxy).origin }),
    ...(tls.authorities && { cacert: tls.authorities.path }),
    ...(variables.length > 0 && { variables: variables.sort() }),
    ...(unused.length > 0 && { not_used: unused.map(describeUnused) }),
  };
  return found("settings", source, facts, warningOf(unused));
}

/** The types and names by which services are looked for in the catalog, by their settings' keys. */
function namesOf(services: CloudSettings["services"]): Readonly<Record<string, string>> {
  const named = Object.entries(services).flatMap(([service, { type, name }]) => [
    ...(type === undefined ? [] : [[`${service}_service_type`, type] as const]),
    ...(name === undefined ? [] : [[`${service}_service_name`, name] as const]),
  ]);
  return Object.fromEntries(named);
}

function describeUnused({ name, meant }: Unused): string {
  return meant === undefined ? name : `${name} (did you mean ${meant}?)`;
}

function warningOf(
  unused: readonly Unused[],
): { readonly summary: string; readonly help: string } | undefined {
  const misspelled = unused.filter((it) => it.meant !== undefined);
  if (misspelled.length === 0) return undefined;
  return {
    summary: `nothing is known here by the name ${misspelled.map((it) => it.name).join(" or ")}`,
    help: `Write ${misspelled.map((it) => it.meant).join(" and ")}, or remove it.`,
  };
}

/** `password and totp of user "demo"`; what is a log-in by itself needs no method. */
function describe({ identity, subject }: LogInRequest): string {
  if (identity.kind === "federation") return `OpenID Connect (${identity.protocol}) of ${subject}`;
  const methods = identity.factors.map((factor) => factor.method);
  const [only] = methods;
  const isAlone = methods.length === 1 && (only === "application_credential" || only === "token");
  return isAlone ? subject : `${methods.join(" and ")} of ${subject}`;
}
