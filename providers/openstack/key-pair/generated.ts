import type { Files } from "../../../engine/model/runtime.js";
import { Unknown, type ValueObject } from "../../../engine/model/value.js";
import { mayReplace } from "../secret/place.js";
import { GENERATED, type KeyPairType } from "./algorithm.js";
import { keyAttributes } from "./attributes.js";
import type { DecodeRequest } from "./declaration.js";
import { decodeKeyText } from "./key-file.js";
import { keyPlaceOf, readablePath } from "./key-place.js";
import { readHeldKey } from "./private-key-file.js";
import { recoverKey } from "./staged-key.js";

/** Why the file of an encrypted private key cannot be used to make the key pair. */
export const SEALED = "is there already, and an encrypted private key is not read back";

const TAKEN = "is there already, and the private key of an interrupted run waits to go there";

/**
 * A key that is generated here and delivered. One that waits to be delivered, as after an
 * interrupted run, is the one; then one that its file holds already. Otherwise the key is not
 * known yet, and absent.
 */
export async function decodeGenerated(
  place: ValueObject,
  type: KeyPairType,
  request: DecodeRequest,
): Promise<ValueObject> {
  const algorithm = chooseAlgorithm(type, request);
  const attributes = { algorithm, ...place };
  if (algorithm instanceof Unknown) return attributes;
  const { address } = request.context;
  const { files } = request.context.runtime;
  const known = keyPlaceOf(attributes);
  if (!known || place.encrypt_to instanceof Unknown) return attributes;
  const staged = await recoverKey(files, address, known, { type, algorithm });
  if (staged.kind === "key") {
    const { publicKey, content } = staged.key;
    const isBlocked = known.kind === "file" && (await isTaken(files, known.path, content));
    const problem = isBlocked && { private_key_problem: TAKEN };
    return { ...attributes, ...keyAttributes(publicKey), ...problem };
  }
  if (staged.kind === "other") {
    return { ...attributes, private_key_problem: staged.problem, private_key_left: staged.path };
  }
  if (known.kind === "command") return attributes;
  const there = await files.look(known.path);
  if (there.kind === "taken") return { ...attributes, private_key_problem: `is ${there.what}` };
  if (there.kind === "nothing" || mayReplace(files, known.path)) return attributes;
  const path = readablePath(known);
  if (path === undefined) return { ...attributes, private_key_problem: SEALED };
  const held = await readHeldKey(files, path, { type, algorithm });
  switch (held.kind) {
    case "nothing":
      return attributes;
    case "key":
      return { ...attributes, ...keyAttributes(held.publicKey) };
    case "other":
      return { ...attributes, private_key_problem: held.problem };
  }
}

/** Whether something else is where a private key is to go, and may not be replaced. */
async function isTaken(files: Files, path: string, content: string): Promise<boolean> {
  const place = await files.look(path);
  if (place.kind === "file" && mayReplace(files, path)) return false;
  const isDelivered = place.kind === "file" && decodeKeyText(place.bytes) === content;
  return place.kind !== "nothing" && !isDelivered;
}

function chooseAlgorithm(
  type: KeyPairType,
  { declaration, report }: DecodeRequest,
): string | Unknown {
  const offered: readonly string[] = GENERATED[type];
  const algorithm = declaration.algorithm ?? GENERATED[type][0];
  if (algorithm instanceof Unknown || offered.includes(algorithm)) return algorithm;
  report({
    severity: "error",
    code: "wrong-value",
    summary: `no ${type} key is generated with this algorithm`,
    pointer: "/algorithm",
    actual: algorithm,
    expected: offered.join(", "),
    help: `write \`algorithm: ${offered[0]}\`, or leave it out to have that`,
  });
  return new Unknown();
}
