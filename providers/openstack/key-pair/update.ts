import { formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import type { Files } from "../../../engine/model/runtime.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { UpdateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { deliverKey } from "./deliver-key.js";
import { describePlace, type KeyPlace, keyPlaceOf, readablePath } from "./key-place.js";
import { readHeldKey } from "./private-key-file.js";
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
  if (staged.kind === "nothing" && (await isThere(runtime.files, place, existing)))
    return { id, attributes, notes: [`private key was at ${describePlace(place)} already`] };
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

/**
 * Whether a key that waits no more is at its place: what waits is removed once it has been delivered,
 * and the run may have ended before the state knew. What a command has taken cannot be looked at.
 */
async function isThere(files: Files, place: KeyPlace, existing: JsonObject): Promise<boolean> {
  if (place.kind === "command") return true;
  const path = readablePath(place);
  if (path === undefined) return (await files.look(place.path)).kind === "file";
  const type = existing.type === "x509" ? "x509" : "ssh";
  const held = await readHeldKey(files, path, { type, algorithm: String(existing.algorithm) });
  return held.kind === "key" && held.publicKey.text === existing.public_key;
}
