import { formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import type { UpdateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { deliverKey } from "./deliver-key.js";
import { describePlace, keyPlaceOf } from "./key-place.js";
import { recoverKey } from "./staged-key.js";

/** Delivers the private key that an interrupted run has left: the only thing that can change. */
export async function updateKeyPair(
  { runtime }: OpenStack,
  { address, id, desired, existing }: UpdateRequest,
): Promise<Written> {
  const { delivered, ...attributes } = existing;
  const place = keyPlaceOf(existing);
  if (delivered !== false || !place) return { id, attributes: existing };
  const staged = await recoverKey(runtime.files, address, place, desired);
  if (staged.kind !== "key" || staged.key.publicKey.text !== existing.public_key) {
    const why = staged.kind === "other" ? `: ${staged.path} ${staged.problem}` : "";
    throw new OutsideError(
      "file-error",
      `the private key of ${formatAddress(address)} cannot be delivered to ${describePlace(place)}${why}`,
      { help: `make another: portcullis apply --replace '${formatAddress(address)}'` },
    );
  }
  return {
    id,
    attributes,
    notes: await deliverKey(runtime, address, place, staged.key.content),
  };
}
