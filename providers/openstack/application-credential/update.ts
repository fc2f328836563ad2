import { formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import { Sensitive, scalarText } from "../../../engine/model/value.js";
import type { UpdateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { type Delivered, deliverAll, deliverDocuments, deliveryNotes } from "./deliver-all.js";
import { type PendingSecret, pathOf, recover } from "./pending-secret.js";
import { isNowhere, targetsOf } from "./target.js";

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
  const delivered = await deliverLeft(cloud, pending, { id, desired, existing });
  return { id, attributes: { ...existing, ...delivered }, notes: deliveryNotes(pending) };
}

async function deliverLeft(
  cloud: OpenStack,
  pending: PendingSecret,
  { id, desired, existing }: Pick<UpdateRequest, "id" | "desired" | "existing">,
): Promise<Delivered> {
  const { runtime, login } = cloud;
  const { name } = pending;
  const left = await recover(pending, runtime);
  if (left?.kind === "sealed" && left.id === id) {
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
