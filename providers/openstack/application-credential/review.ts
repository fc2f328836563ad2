import { formatAddress } from "../../../engine/model/address.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Change } from "../../../engine/model/plan.js";
import {
  isValueObject,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { hasPassed, parseDuration } from "./expiry.js";
import { Mistakes } from "./mistakes.js";
import { reviewDelivery } from "./review-delivery.js";
import { findRole } from "./role.js";

/** Two weeks, in milliseconds: the most that counts as soon. */
const SOON = 14 * 86_400_000;
/** The end of a lifetime that counts as soon. */
const LAST_PART = 1 / 5;

/** What only the log-in, the state and the disk tell about a planned change. */
export async function review(
  { login, runtime, identity }: OpenStack,
  change: Change,
): Promise<readonly Diagnostic[]> {
  const mistakes = new Mistakes();
  checkRestricted(login.applicationCredential, change, mistakes);
  checkInUse(login.applicationCredential, change, mistakes);
  checkEnd(change, runtime.clock.now(), mistakes);
  await reviewDelivery(change, runtime, mistakes);
  if (change.action === "no-op" && change.instance.attributes.project_id === identity.project.id) {
    checkLostRoles(change.instance.attributes.roles, login, mistakes);
  }
  if ("desired" in change) {
    checkSecret(change.desired, mistakes);
  }
  if (change.action === "create" || change.action === "replace") {
    checkRoles(change.desired, login.roles, mistakes);
  }
  return mistakes.found;
}

type OwnCredential = OpenStack["login"]["applicationCredential"];

function checkRestricted(own: OwnCredential, change: Change, mistakes: Mistakes): void {
  const writes = ["create", "replace", "delete"].includes(change.action);
  if (!own?.restricted || !writes) return;
  mistakes.error("restricted-login", "", "this log-in may not make or delete credentials", {
    detail: `It is itself a restricted application credential (${own.id}).`,
    help: "Log in with a password, or with an unrestricted application credential.",
  });
}

function checkInUse(own: OwnCredential, change: Change, mistakes: Mistakes): void {
  if (change.action !== "replace" && change.action !== "delete") return;
  if (own === undefined || change.instance.id !== own.id) return;
  mistakes.error(
    "credential-in-use",
    "",
    `this run is logged in with ${formatAddress(change.address)}`,
    {
      detail: "It would cut off itself in the middle of its work.",
      help: "Log in with another credential or a password.",
    },
  );
}

/** Decode leaves an Unknown without reference where a given secret is not there. */
function checkSecret({ secret }: ValueObject, mistakes: Mistakes): void {
  if (!(secret instanceof Unknown) || secret.reference) return;
  mistakes.error("secret-missing", "/secret", "the file or variable with the secret is not there", {
    help: "Set it for this run: the secret is needed to make the credential.",
  });
}

/**
 * Keystone goes on listing roles that the user has lost, and leaves them out of the credential's
 * tokens. What a credential's own log-in lacks, its user may still have.
 */
function checkLostRoles(
  roles: Value | undefined,
  { roles: held, applicationCredential }: OpenStack["login"],
  mistakes: Mistakes,
): void {
  if (applicationCredential || !isValueObject(roles)) return;
  const lost = Object.keys(roles).filter((role) => !findRole(role, held));
  if (lost.length === 0) return;
  mistakes.warn("role-lost", "/roles", `the user has lost the role ${lost.join(", ")}`, {
    detail: "The credential still names it, but can do no more with it.",
    help: "Have the role given back, or take it out of the declaration.",
  });
}

/** What still works but will soon not, and is not made anew by itself before. */
function checkEnd(change: Change, now: Date, mistakes: Mistakes): void {
  if (change.action !== "no-op") return;
  const { expires_at: end, expires_in: lifetime } = change.instance.attributes;
  const seconds = typeof lifetime === "string" ? parseDuration(lifetime) : undefined;
  const soon = Math.min(SOON, (seconds ?? Number.POSITIVE_INFINITY) * 1000 * LAST_PART);
  if (typeof end !== "string" || !hasPassed(end, new Date(now.getTime() + soon))) return;
  const anew = `portcullis apply --replace '${formatAddress(change.address)}'`;
  mistakes.warn("expires-soon", "/expires_at", `the credential expires at ${end}`, {
    help:
      seconds === undefined
        ? `Give a later expires_at, and apply: the credential is made anew.`
        : `Make it anew in time, for another ${lifetime}: ${anew}`,
  });
}

function checkRoles(
  { roles }: ValueObject,
  held: OpenStack["login"]["roles"],
  mistakes: Mistakes,
): void {
  if (!isValueObject(roles)) return;
  const lacking = Object.keys(roles).filter((role) => !findRole(role, held));
  if (lacking.length === 0) return;
  mistakes.error("wrong-value", "/roles", `the log-in has no role ${lacking.join(", ")}`, {
    actual: lacking.join(", "),
    expected: held.map((role) => role.name).join(", "),
    help: "A credential can have only roles of the user in this project.",
  });
}
