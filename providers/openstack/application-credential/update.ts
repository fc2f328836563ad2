import { formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import type { UpdateRequest, Written } from "../../../engine/model/provider.js";
import { Sensitive } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { deliverAll, deliveryNotes } from "./create.js";
import { type PendingSecret, pathOf, recover } from "./pending-secret.js";
import { targetsAttribute, targetsOf } from "./target.js";

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
    name: String(existing.name),
    targets: targetsOf(desired.write_to),
  };
  if (pending.targets.length === 0 || targetsOf(existing.write_to).length > 0) {
    return { id, attributes: existing };
  }
  const given = desired.secret instanceof Sensitive ? desired.secret : undefined;
  const secret = given ?? (await recover(pending, cloud.runtime));
  if (!secret) {
    throw new OutsideError(
      "file-error",
      `The secret of ${pending.name} cannot be delivered: ${pathOf(pending)} is missing.`,
      { help: `Make it anew with: portcullis apply --replace '${formatAddress(address)}'` },
    );
  }
  await deliverAll(cloud, pending, { id, secret, projectId: String(existing.project_id) });
  return {
    id,
    attributes: { ...existing, write_to: targetsAttribute(pending.targets) },
    notes: deliveryNotes(pending),
  };
}
