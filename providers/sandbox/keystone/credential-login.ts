import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { ApplicationCredential } from "../rows.js";
import { ownedName } from "../tables.js";
import { objectOf, textIn } from "./bodies.js";
import { missing, notFound, unauthenticated } from "./errors.js";
import { findUser } from "./password-login.js";
import { fitsHash } from "./secrets.js";

/** The application credential that an id, or a name and user, and a secret belong to. */
export function identifyByCredential(cloud: Cloud, proof: JsonObject): ApplicationCredential {
  const credential = find(cloud, proof);
  const secret = textIn(proof.secret);
  const isExpired =
    credential.expiresAt !== null && new Date(`${credential.expiresAt}Z`) <= cloud.now();
  if (secret === undefined || isExpired || !fitsHash(secret, credential.secretHash)) {
    throw unauthenticated(cloud);
  }
  return credential;
}

function find(cloud: Cloud, proof: JsonObject): ApplicationCredential {
  const { credentials } = cloud.tables;
  const [id, name] = [textIn(proof.id), textIn(proof.name)];
  if (id !== undefined) {
    const credential = credentials.get(id);
    if (credential) return credential;
    throw notFound("Application Credential", id);
  }
  if (name === undefined) throw missing("name or ID", "application credential");
  if (proof.user === undefined) throw missing("user", "application credential");
  const user = findUser(cloud, objectOf(proof.user));
  const credential = user && credentials.first("name", ownedName(user.id, name));
  if (!credential) throw unauthenticated(cloud);
  return credential;
}
