import type { CreateRequest, Written } from "../../../engine/model/provider.js";
import type { JsonObject, ValueObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { obtainKey, textOf } from "./obtain-key.js";
import { keyPairPath, observe } from "./remote.js";

/** Imports the public key under its name, after the private key has been delivered. */
export async function createKeyPair(cloud: OpenStack, request: CreateRequest): Promise<Written> {
  const { desired } = request;
  const { publicKey, notes } = await obtainKey(cloud, request);
  const name = textOf(desired, "name");
  const landed = async (): Promise<JsonObject | undefined> => {
    const answer = await cloud.nova.get(keyPairPath(name));
    return answer && observe(answer).attributes.public_key === publicKey ? answer : undefined;
  };
  const body = { keypair: bodyOf(desired, name, publicKey) };
  const object = observe(await cloud.nova.post("/os-keypairs", body, { landed }));
  const path = desired.private_key_file;
  const local = typeof path === "string" && {
    private_key_file: path,
    generated_public_key: publicKey,
  };
  return { id: object.id, attributes: { ...object.attributes, ...local }, notes };
}

/** Without `type`, which clouds below microversion 2.2 refuse, where it is the default. */
function bodyOf(desired: ValueObject, name: string, publicKey: string): JsonObject {
  if (desired.type === "x509") return { name, type: "x509", public_key: publicKey };
  const comment = typeof desired.comment === "string" ? desired.comment : name;
  return { name, public_key: `${publicKey} ${comment}` };
}
