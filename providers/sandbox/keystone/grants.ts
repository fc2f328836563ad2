import type { Json, JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import { textIn } from "./bodies.js";
import { identifyByCredential } from "./credential-login.js";
import { keystoneError, unauthenticated } from "./errors.js";
import { identifyByPassword } from "./password-login.js";
import { rolesOn, stillHeld } from "./roles.js";
import { readScope } from "./scope.js";
import { findToken, type Grant } from "./tokens.js";

type ReadGrant = (cloud: Cloud, proof: JsonObject, scope: Json | undefined) => Grant;

const READERS: Readonly<Record<string, ReadGrant>> = {
  password: (cloud, proof, scope) =>
    onProject(cloud, { methods: ["password"], userId: identifyByPassword(cloud, proof) }, scope),
  token: (cloud, proof, scope) => onProject(cloud, byToken(cloud, proof), scope),
  application_credential: byCredential,
};

/** Whether it is a way to log in here. */
export function isMethod(method: string): boolean {
  return Object.hasOwn(READERS, method);
}

/** What one way to log in allows, with the scope asked for. */
export function grantBy(
  cloud: Cloud,
  method: string,
  proof: JsonObject,
  scope: Json | undefined,
): Grant {
  const read = READERS[method];
  if (!read) throw unauthenticated(cloud);
  return read(cloud, proof, scope);
}

function onProject(
  cloud: Cloud,
  who: Pick<Grant, "methods" | "userId" | "notAfter">,
  scope: Json | undefined,
): Grant {
  const projectId = readScope(cloud, who.userId, scope);
  if (projectId === undefined) return { ...who, roleIds: [] };
  const roleIds = rolesOn(cloud, who.userId, projectId);
  if (roleIds.length === 0) throw unauthenticated(cloud);
  return { ...who, projectId, roleIds };
}

function byToken(cloud: Cloud, proof: JsonObject): Omit<Grant, "roleIds"> {
  const token = findToken(cloud, textIn(proof.id));
  if (!token) throw keystoneError(404, "Could not recognize Fernet token");
  if (token.credentialId !== undefined) throw unauthenticated(cloud);
  const methods = [...new Set([...token.methods, "token"])];
  return { methods, userId: token.userId, notAfter: token.expiresAt };
}

function byCredential(cloud: Cloud, proof: JsonObject, scope: Json | undefined): Grant {
  const { id, userId, projectId, roleIds, expiresAt } = identifyByCredential(cloud, proof);
  if (scope !== undefined) {
    throw unauthenticated(
      cloud,
      "Error authenticating with application credential: " +
        "Application credentials cannot request a scope.",
      { identity: {} },
    );
  }
  const left = projectId === null ? roleIds : stillHeld(cloud, userId, projectId, roleIds);
  if (left.length === 0) throw unauthenticated(cloud);
  return {
    methods: ["application_credential"],
    userId,
    roleIds: left,
    credentialId: id,
    ...(projectId !== null && { projectId }),
    ...(expiresAt !== null && { notAfter: new Date(`${expiresAt}Z`) }),
  };
}
