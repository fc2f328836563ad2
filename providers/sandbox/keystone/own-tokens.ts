import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { tokenReply } from "./authentication.js";
import { forbidden, keystoneError, notFound } from "./errors.js";
import { findToken, hasLostCredential, isAdmin, revokeToken } from "./tokens.js";

/** GET and HEAD /auth/tokens: what the token in X-Subject-Token is */
export function showToken(cloud: Cloud, call: Call, token: Token): Reply {
  const subject = findSubject(cloud, call, token, "validate_token");
  return tokenReply(cloud, call, subject, 200);
}

/** DELETE /auth/tokens */
export function deleteToken(cloud: Cloud, call: Call, token: Token): Reply {
  revokeToken(cloud, findSubject(cloud, call, token, "revoke_token"));
  return { status: 204 };
}

/** One's own tokens; administrators see all. */
function findSubject(cloud: Cloud, call: Call, token: Token, action: string): Token {
  const id = call.header("x-subject-token");
  if (id === undefined) throw forbidden(`identity:${action}`);
  const subject = findToken(cloud, id);
  if (!subject) {
    const isForeign = !id.startsWith("sandbox-");
    throw keystoneError(
      404,
      isForeign ? "Could not recognize Fernet token" : "Failed to validate token",
    );
  }
  if (hasLostCredential(cloud, subject)) {
    throw notFound("Application Credential", subject.credentialId ?? "");
  }
  if (
    hasAccessRules(cloud, subject) &&
    call.header("openstack-identity-access-rules") === undefined
  ) {
    throw keystoneError(404, "Failed to validate token");
  }
  if (subject.userId !== token.userId && !isAdmin(cloud, token)) {
    throw forbidden(`identity:${action}`);
  }
  return subject;
}

/** Such a token is told only to services that say they heed the rules. */
function hasAccessRules(cloud: Cloud, token: Token): boolean {
  const credential = cloud.tables.credentials.get(token.credentialId ?? "");
  return credential !== undefined && credential.accessRuleIds.length > 0;
}
