import { presentName } from "./fields.js";

/** Every setting that is read here, by its key in clouds.yaml; `docs/log-in.md` says what each does. */
export const KNOWN_KEYS: readonly string[] = [
  ["auth_url", "auth_type", "auth_methods"],
  ["username", "user_id", "user_domain_id", "user_domain_name"],
  ["password", "passcode", "totp_secret", "token"],
  ["application_credential_id", "application_credential_name", "application_credential_secret"],
  ["project_id", "project_name", "project_domain_id", "project_domain_name"],
  ["domain_id", "domain_name", "default_domain", "trust_id", "system_scope"],
  ["identity_provider", "protocol", "client_id", "client_secret", "discovery_endpoint"],
  ["access_token_endpoint", "openid_scope", "access_token", "access_token_type"],
  ["profile", "region_name", "interface", "api_timeout"],
  ["verify", "insecure", "cacert", "cert", "key"],
  ["identity", "compute", "network"].flatMap((service) =>
    [
      ...["api_version", "interface", "region_name", "service_type", "service_name"],
      ...["endpoint_override", "endpoint"],
    ].map((setting) => `${service}_${setting}`),
  ),
].flat();

const KNOWN = new Set(KNOWN_KEYS);

/** Whether a setting is read here, under its present name or an older one. */
export function isKnown(key: string): boolean {
  return KNOWN.has(presentName(key));
}
