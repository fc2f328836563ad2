import type { ForgetRequest } from "../../../engine/model/forget-request.js";
import type { OpenStack } from "../cloud.js";
import { keyPlaceOf, stagingPathOf } from "./key-place.js";

/** Removes a private key that waits to be delivered and that nobody needs; one at its place stays. */
export async function forgetKeyPair(
  { runtime: { files } }: OpenStack,
  { address, existing }: ForgetRequest,
): Promise<readonly string[]> {
  const place = keyPlaceOf(existing);
  const staged = place && stagingPathOf(address, place);
  if (staged === undefined || (await files.look(staged)).kind !== "file") return [];
  await files.remove(staged);
  return [];
}
