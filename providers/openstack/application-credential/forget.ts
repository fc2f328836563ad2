import { OutsideError } from "../../../engine/model/errors.js";
import type { ForgetRequest } from "../../../engine/model/forget-request.js";
import { isObject, type JsonObject, mapEntries, scalarText } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { withdrawAll } from "./deliver-all.js";
import { type Left, type PendingSecret, recover, unstage } from "./pending-secret.js";
import { mark } from "./sealed-file.js";
import { knownTargets } from "./target.js";

/** Removes the secret of a credential that nobody uses any more, delivered or waiting. */
export async function forget(
  cloud: OpenStack,
  { address, existing }: ForgetRequest,
): Promise<readonly string[]> {
  const targets = knownTargets(existing);
  const pending: PendingSecret = { address, name: scalarText(existing.name), targets };
  const left = await leftOf(pending, cloud);
  const notes = await withdrawAll(cloud, { ...existing, sealed: marksOf(existing, left) });
  if (left) await unstage(pending, cloud.runtime);
  return notes;
}

/** What is not this credential's stays. */
async function leftOf(pending: PendingSecret, { runtime }: OpenStack): Promise<Left | undefined> {
  try {
    return await recover(pending, runtime);
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    throw error;
  }
}

/** By which the encrypted files are known: from the state, or from what waits to be delivered. */
function marksOf({ sealed }: JsonObject, left: Left | undefined): JsonObject {
  if (isObject(sealed)) return sealed as JsonObject;
  return left?.kind === "sealed" ? mapEntries(left.documents, mark) : {};
}
