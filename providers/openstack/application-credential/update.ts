import { formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import { type JsonObject, Sensitive, scalarText } from "../../../engine/model/value.js";
import type { UpdateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import {
  type Delivered,
  deliverAll,
  deliverDocuments,
  deliveredTo,
  deliveryNotes,
} from "./deliver-all.js";
import { forget } from "./forget.js";
import { isDelivered } from "./is-delivered.js";
import { type Documents, type PendingSecret, pathOf, recover } from "./pending-secret.js";
import { isNowhere, knownTargets, type Targets, targetsAttribute, targetsOf } from "./target.js";

/**
 * Delivers a secret that has not been delivered yet: the only thing about a credential that can
 * change. It comes from the configuration, or from where an interrupted run has left it.
 */
export async function update(
  cloud: OpenStack,
  { address, id, desired, existing }: UpdateRequest,
): Promise<Written> {
  const pending: PendingSecret = {
    address,
    name: scalarText(existing.name),
    targets: targetsOf(desired.write_to),
  };
  if (isNowhere(pending.targets) || !isNowhere(targetsOf(existing.write_to))) {
    return { id, attributes: existing };
  }
  const { undelivered: _begun, ...attributes } = existing;
  const arrived = await arrivedBefore(cloud, pending, { id, existing });
  if (arrived) return { id, attributes: { ...attributes, ...arrived } };
  const delivered = await deliverLeft(cloud, pending, { id, desired, existing });
  const withdrawn = await forgetOthers(cloud, pending, existing);
  const notes = [...withdrawn, ...deliveryNotes(pending)];
  return { id, attributes: { ...attributes, ...delivered }, notes };
}

/** What a run delivered that was killed before it could say so: such a secret stays where it is. */
async function arrivedBefore(
  { runtime }: OpenStack,
  pending: PendingSecret,
  { id, existing }: Pick<UpdateRequest, "id" | "existing">,
): Promise<Delivered | undefined> {
  const targets = knownTargets(existing);
  const { files } = runtime;
  if (isNowhere(targets) || (await recover({ ...pending, targets }, runtime))) return undefined;
  if (!(await isDelivered(files, targets, id))) return undefined;
  return deliveredTo(files, targets);
}

/** Clears the places where an interrupted run was to deliver, but for those where the secret is now. */
function forgetOthers(
  cloud: OpenStack,
  { address, targets }: PendingSecret,
  existing: JsonObject,
): Promise<readonly string[]> {
  const { files, recipients } = knownTargets(existing);
  const others = files.filter(({ path }) => targets.files.every((it) => it.path !== path));
  const places = targetsAttribute({ files: others, recipients });
  return forget(cloud, { address, existing: { ...existing, undelivered: places } });
}

async function deliverLeft(
  cloud: OpenStack,
  pending: PendingSecret,
  { id, desired, existing }: Pick<UpdateRequest, "id" | "desired" | "existing">,
): Promise<Delivered> {
  const { runtime, login } = cloud;
  const { name } = pending;
  // Where the places were changed since, it waits beside those of before.
  const left =
    (await recover(pending, runtime)) ??
    (await recover({ ...pending, targets: knownTargets(existing) }, runtime));
  if (left?.kind === "sealed" && left.id === id && isForAll(left.documents, pending.targets)) {
    return deliverDocuments(runtime, pending, left.documents);
  }
  const given = desired.secret instanceof Sensitive ? desired.secret : undefined;
  const secret = given ?? (left?.kind === "secret" ? left.secret : undefined);
  if (!secret) {
    throw new OutsideError(
      "file-error",
      `The secret of ${name} cannot be delivered: it is not in ${pathOf(pending)}.`,
      { help: `Make it anew with: portcullis apply --replace '${formatAddress(pending.address)}'` },
    );
  }
  const projectId = scalarText(existing.project_id);
  return deliverAll(cloud, pending, { id, name, secret, projectId, login });
}

/** Whether there is a document for each place; for others none can be made any more. */
function isForAll(documents: Documents, { files, command }: Targets): boolean {
  const formats = [...files, ...(command ? [command] : [])].map(({ format }) => format);
  return formats.every((it) => documents[it] !== undefined);
}
