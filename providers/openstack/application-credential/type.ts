import { recipientsText } from "../../../engine/model/delivery-text.js";
import type { ResourceType } from "../../../engine/model/resource-type.js";
import {
  isValueList,
  isValueObject,
  redact,
  scalarText,
  type Value,
} from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { commandOf } from "../secret/command.js";
import { attributes } from "./attributes.js";
import { canonicalCredential } from "./canonical.js";
import { claim } from "./claim.js";
import { create } from "./create.js";
import { decode } from "./declaration.js";
import { deliveredSecrets } from "./delivered-secrets.js";
import { hasPassed } from "./expiry.js";
import { fingerprintBeside } from "./fingerprint.js";
import { forget } from "./forget.js";
import { logInWith } from "./log-in-with.js";
import { itemPath, list } from "./observed.js";
import { pathOf } from "./pending-secret.js";
import { reconcile } from "./reconcile.js";
import { review } from "./review.js";
import { schema } from "./schema.js";
import { describeTarget, targetsAttribute, targetsOf } from "./target.js";
import { update } from "./update.js";

/** A log-in of its own for a program: some of the user's roles in one project. */
export const applicationCredential: ResourceType<OpenStack> = {
  name: "application_credential",
  description:
    "A log-in for a program, with some of your roles in the project. Its secret is delivered once and kept nowhere.",
  scope: "user",
  schema,
  attributes,
  schemaVersion: 1,
  decode,
  list,
  claim,
  canonical: canonicalCredential,
  reconcile,
  obsolete: ({ expires_at: end }, now) =>
    typeof end === "string" && hasPassed(end, now) ? `it expired at ${end}` : undefined,
  delivery: ({ write_to: targets }) => ({ write_to: targetsAttribute(targetsOf(targets)) }),
  secretFiles: ({ write_to: targets }) => targetsOf(targets).files.map(({ path }) => path),
  deliveredSecrets,
  stagingFile: (address, { name, write_to: targets }) =>
    pathOf({ address, name: scalarText(name), targets: targetsOf(targets) }),
  ownsSecret: ({ secret_fingerprint: known }, { value }) =>
    typeof known === "string" && fingerprintBeside(scalarText(value.reveal()), known, "") === known,
  logInWith,
  review: async (cloud, { change }) => review(cloud, change),
  label: (attribute, member) => label(attribute, member),
  create,
  update,
  delete: async (cloud, { address, id, existing }) => {
    await cloud.keystone.delete(itemPath(cloud, id));
    await forget(cloud, { address, existing });
  },
  forget,
};

/** `role member`, `access GET compute /v2.1/servers`, `secret goes to ci.env`. */
function label(attribute: string, member: Value): string {
  if (typeof member === "string") return `role ${member}`;
  if (!isValueObject(member)) return JSON.stringify(redact(member));
  if (attribute === "access_rules") {
    const { method, service, path } = member;
    return `access ${method} ${service} ${path}`;
  }
  if (isValueList(member.recipients)) {
    return `secret is encrypted to ${recipientsText(member.recipients.map(String))}`;
  }
  const command = commandOf(member.command);
  if (command) return `secret goes to ${describeTarget({ format: "command", command })}`;
  const { path, cloud } = member;
  const target = {
    path: scalarText(path),
    ...(cloud !== undefined && { cloud: scalarText(cloud) }),
  };
  return `secret goes to ${describeTarget(target)}`;
}
