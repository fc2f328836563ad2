import type { Cloud, Token } from "../cloud.js";
import { type Call, Refusal } from "../http.js";
import { matchesPath } from "./access-paths.js";
import { challenge, UNAUTHENTICATED, unauthenticated } from "./errors.js";
import { findToken, hasLostCredential } from "./tokens.js";

/**
 * The token of a request to Nova or Neutron. Refuses one without, with a dead one, or outside the
 * access rules of the application credential it was made with, as keystonemiddleware does.
 */
export function admit(cloud: Cloud, call: Call, service: string): Token {
  const token = findToken(cloud, call.header("x-auth-token"));
  if (token && !hasLostCredential(cloud, token) && isAllowed(cloud, token, call, service)) {
    return token;
  }
  throw new Refusal({
    status: 401,
    headers: challenge(cloud),
    json: { error: { code: 401, title: "Unauthorized", message: UNAUTHENTICATED } },
  });
}

/** The token of a request to Keystone itself, to which access rules do not apply. */
export function identify(cloud: Cloud, call: Call): Token {
  const token = findToken(cloud, call.header("x-auth-token"));
  if (!token) throw unauthenticated(cloud);
  if (!hasLostCredential(cloud, token)) return token;
  const message = `Could not find Application Credential: ${token.credentialId}.`;
  throw new Refusal({
    status: 404,
    json: { error: { code: 404, title: "Not Found", message } },
  });
}

function isAllowed(cloud: Cloud, token: Token, call: Call, service: string): boolean {
  const { credentials, accessRules } = cloud.tables;
  const ids = credentials.get(token.credentialId ?? "")?.accessRuleIds ?? [];
  if (ids.length === 0) return true;
  return ids.some((id) => {
    const rule = accessRules.get(id);
    return (
      rule?.service === service && rule.method === call.method && matchesPath(rule.path, call.path)
    );
  });
}
