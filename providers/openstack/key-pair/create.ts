import { CloudError } from "../../../engine/model/errors.js";
import type { JsonObject, ValueObject } from "../../../engine/model/value.js";
import type { CreateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { deliverKey } from "./deliver-key.js";
import { keyPlaceOf, placeAttributes } from "./key-place.js";
import { type ObtainedKey, obtainKey, textOf } from "./obtain-key.js";
import { keyPairPath, observe } from "./remote.js";
import { unstageKey } from "./staged-key.js";

/**
 * Imports the public key under its name, between two moments of the private key: it is on disk
 * before, and at its place after.
 */
export async function createKeyPair(cloud: OpenStack, request: CreateRequest): Promise<Written> {
  const { address, desired } = request;
  const { publicKey, staged, notes } = await obtainKey(cloud, request);
  const object = observe(await importing(cloud, request, publicKey, staged));
  const place = keyPlaceOf(desired);
  const local = place && { ...placeAttributes(place), generated_public_key: publicKey };
  const delivered = staged
    ? await deliverKey(cloud.runtime, address, staged.place, staged.content)
    : [];
  return {
    id: object.id,
    attributes: { ...object.attributes, ...local },
    notes: [...notes, ...delivered],
  };
}

/** The key that the cloud refuses for certain is of no use, and is removed. */
async function importing(
  { nova, runtime }: OpenStack,
  { address, desired }: CreateRequest,
  publicKey: string,
  staged: ObtainedKey["staged"],
): Promise<JsonObject> {
  const name = textOf(desired, "name");
  const landed = async (): Promise<JsonObject | undefined> => {
    const answer = await nova.get(keyPairPath(name));
    return answer && observe(answer).attributes.public_key === publicKey ? answer : undefined;
  };
  try {
    const body = { keypair: bodyOf(desired, name, publicKey) };
    return await nova.post("/os-keypairs", body, { landed });
  } catch (error) {
    const isRefused = error instanceof CloudError && error.response.effect === "none";
    if (isRefused && staged) await unstageKey(runtime.files, address, staged.place);
    throw error;
  }
}

/** Without `type`, which clouds below microversion 2.2 refuse, where it is the default. */
function bodyOf(desired: ValueObject, name: string, publicKey: string): JsonObject {
  if (desired.type === "x509") return { name, type: "x509", public_key: publicKey };
  const comment = typeof desired.comment === "string" ? desired.comment : name;
  return { name, public_key: `${publicKey} ${comment}` };
}
