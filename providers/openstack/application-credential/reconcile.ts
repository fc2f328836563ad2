import {
  equalJson,
  isValueObject,
  type JsonObject,
  Sensitive,
  scalarText,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import { fingerprintBeside } from "./fingerprint.js";
import { isNowhere, targetsOf } from "./target.js";

/** What is wanted of a credential that exists: what creation has decided stays decided. */
export function reconcile(desired: ValueObject, existing: JsonObject): ValueObject {
  return {
    ...desired,
    ...expiry(desired, existing),
    ...roles(desired, existing),
    ...secretFingerprint(desired, existing),
    ...places(desired, existing),
  };
}

/** `{in: 90d}` was fixed when the credential was made. */
function expiry(desired: ValueObject, existing: JsonObject): ValueObject {
  const isSame = desired.expires_in !== undefined && desired.expires_in === existing.expires_in;
  return isSame ? { expires_at: existing.expires_at ?? null } : {};
}

/**
 * The same request means the same roles, whatever names they have and whatever implied roles
 * Keystone (from 2024.2 on) has added.
 */
function roles(desired: ValueObject, existing: JsonObject): ValueObject {
  const asked = existing.requested_roles;
  if (asked === undefined) return {};
  if (isValueObject(desired.roles)) {
    const isSame = equalJson(Object.keys(desired.roles).sort(), asked);
    return isSame ? { roles: existing.roles ?? {} } : {};
  }
  return desired.roles === undefined && asked !== null ? { roles: new Unknown() } : {};
}

/** Compared where a secret is given now or was given then; what is not at hand is not compared. */
function secretFingerprint(desired: ValueObject, existing: JsonObject): ValueObject {
  const { secret_fingerprint: earlier } = existing;
  if (desired.secret instanceof Sensitive) {
    const known = typeof earlier === "string" ? earlier : undefined;
    const secret = scalarText(desired.secret.reveal());
    return { secret_fingerprint: fingerprintBeside(secret, known, scalarText(existing.id)) };
  }
  if (desired.secret === undefined && typeof earlier === "string") {
    return { secret_fingerprint: null };
  }
  return {};
}

/** A secret is delivered once: after that its places stay. */
function places(desired: ValueObject, existing: JsonObject): ValueObject {
  const delivered: Value = existing.write_to ?? {};
  return desired.write_to !== undefined && !isNowhere(targetsOf(delivered))
    ? { write_to: delivered }
    : {};
}
