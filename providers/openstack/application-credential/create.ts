import { compareTexts } from "../../../engine/model/address.js";
import { CloudError } from "../../../engine/model/errors.js";
import {
  isObject,
  isValueObject,
  type JsonObject,
  Sensitive,
  scalarText,
  type ValueObject,
} from "../../../engine/model/value.js";
import type { CreateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { accessRulesBody } from "./access-rule.js";
import { deliverAll, deliveryNotes } from "./deliver-all.js";
import { refuseOthers } from "./delivery.js";
import { explain } from "./explain.js";
import { fingerprint, SALT_BYTES } from "./fingerprint.js";
import { forget } from "./forget.js";
import { collectionPath, observed } from "./observed.js";
import { placeOf } from "./occupied.js";
import { type PendingSecret, stage, unstage } from "./pending-secret.js";
import { rolesBody } from "./role.js";
import type { Targets } from "./target.js";
import { type Wanted, wantedOf } from "./wanted.js";

/**
 * Makes a credential. A generated secret is on disk before Keystone is asked, and nothing is asked
 * where it could not be delivered.
 */
export async function create(
  cloud: OpenStack,
  { address, desired, previous }: CreateRequest,
): Promise<Written> {
  const { runtime, login } = cloud;
  const wanted = wantedOf(desired, runtime.clock.now());
  const { name, targets } = wanted;
  const pending: PendingSecret = { address, name, targets };
  if (previous) await forget(cloud, { address, existing: previous });
  await refuseTaken(cloud, targets);
  const secret = wanted.secret ?? (await stage(pending, runtime));
  const { id, attributes } = observed(await post(cloud, wanted, secret, pending));
  const projectId = scalarText(attributes.project_id);
  const delivered = await deliverAll(cloud, pending, { id, name, secret, projectId, login });
  return {
    id,
    attributes: { ...attributes, ...localAttributes(desired, cloud), ...delivered },
    notes: deliveryNotes(pending),
  };
}

async function refuseTaken({ runtime: { files } }: OpenStack, targets: Targets): Promise<void> {
  for (const target of targets.files) {
    refuseOthers(files, target, await placeOf(files, target, targets));
  }
}

/** What state remembers of a credential because Keystone does not tell it, but for its delivery. */
export function localAttributes(desired: ValueObject, { runtime }: OpenStack): JsonObject {
  const { secret, expires_in: expiresIn, roles } = desired;
  const salt = () => runtime.random.bytes(SALT_BYTES);
  return {
    requested_roles: isValueObject(roles) ? Object.keys(roles).sort(compareTexts) : null,
    ...(typeof expiresIn === "string" && { expires_in: expiresIn }),
    ...(secret instanceof Sensitive && {
      secret_fingerprint: fingerprint(scalarText(secret.reveal()), salt()),
    }),
  };
}

async function post(
  cloud: OpenStack,
  wanted: Wanted,
  secret: Sensitive,
  pending: PendingSecret,
): Promise<JsonObject> {
  try {
    const answer = await cloud.keystone.post(
      collectionPath(cloud),
      { application_credential: bodyOf(wanted, secret, cloud) },
      { landed: () => findLanded(cloud, wanted.name) },
    );
    if (isJsonObject(answer.application_credential)) return answer.application_credential;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (error.response.effect === "none" && !wanted.secret) await unstage(pending, cloud.runtime);
    throw explain(error, wanted.name);
  }
  throw new CloudError(
    "server-error",
    `Keystone's answer to the creation of ${wanted.name} has no application credential`,
    { effect: "unknown" },
  );
}

/** Names are unique per user: what bears the name now is what an earlier attempt has made. */
async function findLanded(cloud: OpenStack, name: string): Promise<JsonObject | undefined> {
  const items = await cloud.keystone.list(collectionPath(cloud), "application_credentials", {
    query: { name },
  });
  const found = items.find((item) => item.name === name);
  return found && { application_credential: found };
}

function bodyOf(wanted: Wanted, secret: Sensitive, { login }: OpenStack): ValueObject {
  const { name, description, expiresAt, roles, unrestricted, accessRules } = wanted;
  const rules = accessRulesBody(accessRules);
  return {
    name,
    description,
    secret,
    unrestricted,
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
    ...(roles && { roles: rolesBody(roles, login.roles) }),
    ...(rules.length > 0 && { access_rules: rules }),
  };
}

function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value);
}
