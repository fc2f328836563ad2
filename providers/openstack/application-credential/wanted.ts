import {
  isValueObject,
  Sensitive,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import type { AccessRule } from "./access-rule.js";
import { instantAfter } from "./expiry.js";
import { type Roles, roleSet } from "./role.js";
import { type Targets, targetsOf } from "./target.js";

/** A credential to be made, all of it known. */
export interface Wanted {
  readonly name: string;
  readonly description: string;
  /** Absent: it never ends. */
  readonly expiresAt?: string;
  /** Absent: all that the log-in has. */
  readonly roles?: Roles;
  readonly unrestricted: boolean;
  readonly accessRules: Readonly<Record<string, AccessRule>>;
  /** Absent: one is generated. */
  readonly secret?: Sensitive;
  readonly targets: Targets;
}

/** Reads canonical attributes that hold no Unknown; throws a TypeError for any other. */
export function wantedOf(desired: ValueObject, now: Date): Wanted {
  const expiresIn = typeof desired.expires_in === "string" ? desired.expires_in : undefined;
  const expiresAt =
    expiresIn === undefined ? optionalText(desired.expires_at) : instantAfter(expiresIn, now);
  const { secret, roles } = desired;
  if (secret instanceof Unknown) throw new TypeError("the secret is not known");
  return {
    name: text(desired.name),
    description: text(desired.description),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(isValueObject(roles) && { roles: roleSet(Object.keys(roles)) }),
    unrestricted: desired.unrestricted === true,
    accessRules: accessRules(desired.access_rules),
    ...(secret instanceof Sensitive && { secret }),
    targets: targetsOf(desired.write_to),
  };
}

function text(value: Value | undefined): string {
  if (typeof value !== "string") throw new TypeError("a text of the credential is not known");
  return value;
}

function optionalText(value: Value | undefined): string | undefined {
  return value === null || value === undefined ? undefined : text(value);
}

function accessRules(value: Value | undefined): Readonly<Record<string, AccessRule>> {
  if (!isValueObject(value)) throw new TypeError("the access rules are not known");
  return Object.fromEntries(
    Object.entries(value).map(([key, rule]) => {
      if (!isValueObject(rule)) throw new TypeError("an access rule is not known");
      const { method, service, path } = rule;
      return [key, { method: text(method), service: text(service), path: text(path) }];
    }),
  );
}
