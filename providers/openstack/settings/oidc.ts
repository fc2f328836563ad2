import type { LogInRequest, OidcAccess, OidcForm } from "../login/log-in-request.js";
import type { EntryReader } from "./entry-reader.js";

export type OidcGrantType = "client_credentials" | "oidc_password" | "access_token";

/** A federated log-in by the settings that keystoneauth has for it (identity/v3/oidc.py). */
export function readFederation(
  entry: EntryReader,
  type: OidcGrantType,
): Pick<LogInRequest, "subject" | "identity"> {
  const identityProvider = entry.need("identity_provider");
  const protocol = entry.need("protocol");
  const access: OidcAccess =
    type === "access_token"
      ? { kind: "token", token: entry.secret("access_token") }
      : grant(entry, type);
  return {
    subject: `${whoOf(entry, type)} of the identity provider "${identityProvider}"`,
    identity: { kind: "federation", identityProvider, protocol, access },
  };
}

function grant(entry: EntryReader, type: "client_credentials" | "oidc_password"): OidcAccess {
  const id = entry.need("client_id");
  const secret =
    type === "client_credentials"
      ? entry.secret("client_secret")
      : entry.secretIfGiven("client_secret");
  return {
    kind: "grant",
    endpoint: endpointOf(entry),
    client: { id, ...(secret && { secret }) },
    form: formOf(entry, type),
    token: entry.text("access_token_type") === "id_token" ? "id_token" : "access_token",
  };
}

function endpointOf(entry: EntryReader): { readonly kind: "token" | "discovery"; url: string } {
  const token = entry.url("access_token_endpoint");
  if (token !== undefined) return { kind: "token", url: token };
  const discovery = entry.url("discovery_endpoint");
  const url = discovery ?? entry.need("discovery_endpoint", "access_token_endpoint");
  return { kind: "discovery", url };
}

function formOf(entry: EntryReader, type: "client_credentials" | "oidc_password"): OidcForm {
  const scope = entry.text("openid_scope") ?? "openid profile";
  if (type === "client_credentials") return { grant_type: type, scope };
  const username = entry.need("username");
  return { grant_type: "password", username, password: entry.secret("password"), scope };
}

function whoOf(entry: EntryReader, type: OidcGrantType): string {
  if (type === "access_token") return "the given access token";
  if (type === "client_credentials") return `client "${entry.text("client_id") ?? ""}"`;
  return `user "${entry.text("username") ?? ""}"`;
}
