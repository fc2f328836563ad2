import type { Address } from "../../../engine/model/address.js";
import type { Claim, ClaimRequest } from "../../../engine/model/claim.js";
import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { Files } from "../../../engine/model/runtime.js";
import type { Intent } from "../../../engine/model/state.js";
import { type JsonObject, scalarText, type ValueObject } from "../../../engine/model/value.js";
import { madeBy } from "../made-by.js";
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
  const own = madeBy(intent, unmanaged);
  if (own && intent && own.name !== name) return discardOther(own, intent);
  const object = unmanaged.find((it) => it.name === name) ?? findSpelledOtherwise(unmanaged, name);
  if (!object) return { kind: "none" };
  const isOurs = intent?.action === "create" && !intent.existing.includes(object.id);
  const begun = isOurs ? `created by an interrupted run at ${intent.startedAt}` : undefined;
  if (object.name !== name) return refuse(object, desired);
  if (object.attributes.public_key === desired.public_key) {
    const isWaiting = await waits(files, address, desired);
    const reason = begun ? `adopted: ${begun}` : "the cloud has this very key already";
    const local = { ...localAttributes(desired, object), ...(isWaiting && { delivered: false }) };
    return { kind: "adopt", object, reason, local };
  }
  return (begun && settle(desired, object, begun)) || refuse(object, desired);
}

/** The name was changed after the interruption, and none can be changed in the cloud. */
function discardOther(object: RemoteObject, { startedAt }: Intent): Claim {
  const reason = `created by an interrupted run at ${startedAt}, under another name`;
  return { kind: "discard", object, reason };
}

/** Whether the private key waits to be delivered. */
async function waits(
  files: Pick<Files, "look">,
  address: Address,
  desired: ValueObject,
): Promise<boolean> {
  const place = keyPlaceOf(desired);
  return place !== undefined && (await recoverKey(files, address, place, desired)).kind === "key";
}

/** What becomes of an interrupted run's work whose key is not at hand; undefined where another is. */
function settle(desired: ValueObject, object: RemoteObject, begun: string): Claim | undefined {
  if (!keyPlaceOf(desired) || desired.public_key !== undefined) return undefined;
  const { private_key_problem: problem } = desired;
  // The file of an encrypted key gets its name when the cloud has the key: then it is this one.
  if (problem === SEALED) {
    const local = localAttributes(desired, object);
    return { kind: "adopt", object, reason: `adopted: ${begun}`, local };
  }
  if (problem !== undefined) return undefined;
  return { kind: "discard", object, reason: `${begun}, and its private key was lost` };
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
        actual: scalarText(sha256 ?? fingerprint),
        help,
      },
    ],
  };
}
