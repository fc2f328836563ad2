import type { Address } from "../../../engine/model/address.js";
import type { Claim, ClaimRequest, RemoteObject } from "../../../engine/model/provider.js";
import type { Files } from "../../../engine/model/runtime.js";
import type { JsonObject, ValueObject } from "../../../engine/model/value.js";
import { SEALED } from "./generated.js";
import { keyPlaceOf, placeAttributes } from "./key-place.js";
import { recoverKey } from "./staged-key.js";

/** Whether a key pair of the declared name that is not managed here is the declared one. */
export async function claimKeyPair(
  files: Pick<Files, "look">,
  { address, desired, unmanaged, intent }: ClaimRequest,
): Promise<Claim> {
  const { name } = desired;
  if (typeof name !== "string") return { kind: "none" };
  const object = unmanaged.find((it) => it.name === name) ?? findSpelledOtherwise(unmanaged, name);
  if (!object) return { kind: "none" };
  const isOurs = intent?.action === "create" && !intent.existing.includes(object.id);
  if (object.name === name && isOurs) {
    const claim = await settle(files, address, desired, object, intent.startedAt);
    if (claim) return claim;
  }
  if (object.name !== name || object.attributes.public_key !== desired.public_key) {
    return refuse(object, desired);
  }
  return {
    kind: "adopt",
    object,
    reason: "the cloud has this very key already",
    local: localAttributes(desired, object),
  };
}

/** What becomes of the work of an interrupted run; undefined where it is not what is declared. */
async function settle(
  files: Pick<Files, "look">,
  address: Address,
  desired: ValueObject,
  object: RemoteObject,
  startedAt: string,
): Promise<Claim | undefined> {
  const begun = `created by an interrupted run at ${startedAt}`;
  const place = keyPlaceOf(desired);
  if (object.attributes.public_key === desired.public_key) {
    const local = localAttributes(desired, object);
    const staged = place && (await recoverKey(files, address, place, desired));
    const isWaiting = staged?.kind === "key";
    return {
      kind: "adopt",
      object,
      reason: `adopted: ${begun}`,
      local: isWaiting ? { ...local, delivered: false } : local,
    };
  }
  if (!place || desired.public_key !== undefined) return undefined;
  // The file of an encrypted key gets its name when the cloud has the key: then it is this one.
  if (desired.private_key_problem === SEALED) {
    return {
      kind: "adopt",
      object,
      reason: `adopted: ${begun}`,
      local: localAttributes(desired, object),
    };
  }
  return desired.private_key_problem === undefined
    ? { kind: "discard", object, reason: `${begun}, and its private key was lost` }
    : undefined;
}

/** What only state will know of a key pair whose private key is delivered. */
function localAttributes(desired: ValueObject, { attributes }: RemoteObject): JsonObject {
  const place = keyPlaceOf(desired);
  const { public_key: key } = attributes;
  return place && key !== undefined ? { ...placeAttributes(place), generated_public_key: key } : {};
}

/** Nova compares names as its database does: on MySQL and MariaDB without regard to case. */
function findSpelledOtherwise(
  unmanaged: readonly RemoteObject[],
  name: string,
): RemoteObject | undefined {
  return unmanaged.find((it) => it.name.toLowerCase() === name.toLowerCase());
}

function refuse(object: RemoteObject, desired: ValueObject): Claim {
  const { name } = desired;
  const place = keyPlaceOf(desired);
  const [difference, help] =
    object.name !== name
      ? ["which differs in case only", "give another `name`, or spell it as the cloud does"]
      : place === undefined
        ? ["with another key", "delete it, give another `name`, or declare the public key it has"]
        : [
            "and its private key is not where this one's would be",
            place.kind === "file"
              ? "delete it, give another `name`, or put its private key where `private_key_file` says"
              : "delete it, or give another `name`",
          ];
  const { fingerprint_sha256: sha256, fingerprint } = object.attributes;
  return {
    kind: "none",
    diagnostics: [
      {
        severity: "error",
        code: "already-exists",
        summary: `the cloud has a key pair ${object.name} already, ${difference}`,
        pointer: "/name",
        actual: String(sha256 ?? fingerprint),
        help,
      },
    ],
  };
}
