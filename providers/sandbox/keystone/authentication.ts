import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { objectOf, readBody, textIn } from "./bodies.js";
import { identifyByCredential } from "./credential-login.js";
import { keystoneError, missing, unauthenticated } from "./errors.js";
import { identifyByPassword, rolesOn } from "./password-login.js";
import { readScope } from "./scope.js";
import { tokenView } from "./token-views.js";
import { findToken, type Grant, issueToken } from "./tokens.js";

const METHODS = ["password", "token", "application_credential"];

/** POST /auth/tokens */
export function logIn(cloud: Cloud, call: Call): Reply {
  const { auth } = readBody(call);
  if (auth === undefined) throw missing("auth", "request body");
  const { identity, scope } = objectOf(auth);
  const methods = readMethods(cloud, objectOf(identity));
  let grant: Grant | undefined;
  for (const method of methods) {
    const proof = objectOf(identity)[method];
    if (proof === undefined) throw missing(method, "identity");
    grant = grantBy(cloud, method, objectOf(proof), scope);
  }
  if (!grant) throw unauthenticated(cloud);
  return tokenReply(cloud, call, issueToken(cloud, { ...grant, methods }), 201);
}

/** A token with its id in the header. */
export function tokenReply(cloud: Cloud, call: Call, token: Token, status: number): Reply {
  const view = tokenView(cloud, token, !call.query.has("nocatalog"));
  return { status, headers: { "x-subject-token": token.id }, json: { token: view } };
}

function readMethods(cloud: Cloud, identity: JsonObject): readonly string[] {
  const { methods } = identity;
  if (!Array.isArray(methods)) {
    throw keystoneError(
      400,
      "Invalid input for field 'identity': 'methods' is a required property",
    );
  }
  const names = methods.map(String);
  if (names.length > 0 && names.every((name) => METHODS.includes(name))) return names;
  throw unauthenticated(cloud, "Attempted to authenticate with an unsupported method.", {
    identity: { methods: METHODS },
  });
}

function grantBy(
  cloud: Cloud,
  method: string,
  proof: JsonObject,
  scope: JsonObject[string] | undefined,
): Grant {
  if (method === "application_credential") return byCredential(cloud, proof, scope);
  const { userId, notAfter } =
    method === "token" ? byToken(cloud, proof) : { userId: identifyByPassword(cloud, proof) };
  const projectId = readScope(cloud, userId, scope);
  const roleIds = projectId === undefined ? [] : rolesOn(cloud, userId, projectId);
  if (projectId !== undefined && roleIds.length === 0) throw unauthenticated(cloud);
  return { methods: [], userId, roleIds, notAfter, ...(projectId !== undefined && { projectId }) };
}

function byToken(cloud: Cloud, proof: JsonObject): { userId: string; notAfter: Date } {
  const token = findToken(cloud, textIn(proof.id));
  if (!token) throw keystoneError(404, "Could not recognize Fernet token");
  if (token.credentialId !== undefined) throw unauthenticated(cloud);
  return { userId: token.userId, notAfter: token.expiresAt };
}

function byCredential(
  cloud: Cloud,
  proof: JsonObject,
  scope: JsonObject[string] | undefined,
): Grant {
  const credential = identifyByCredential(cloud, proof);
  if (scope !== undefined) {
    throw unauthenticated(
      cloud,
      "Error authenticating with application credential: " +
        "Application credentials cannot request a scope.",
      { identity: {} },
    );
  }
  const { userId, projectId, roleIds, expiresAt } = credential;
  return {
    methods: [],
    userId,
    projectId,
    roleIds,
    credentialId: credential.id,
    notAfter: expiresAt === null ? undefined : new Date(`${expiresAt}Z`),
  };
}
