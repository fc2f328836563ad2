import { Unknown, type ValueObject } from "../../../engine/model/value.js";
import { mayReplace } from "../secret/place.js";
import { GENERATED, type KeyPairType } from "./algorithm.js";
import { keyAttributes } from "./attributes.js";
import type { DecodeRequest } from "./declaration.js";
import { keyPlaceOf, readablePath } from "./key-place.js";
import { readHeldKey } from "./private-key-file.js";
import { recoverKey } from "./staged-key.js";

/** Why the file of an encrypted private key cannot be used to make the key pair. */
export const SEALED = "is there already, and an encrypted private key is not read back";

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
  if (staged.kind === "key") return { ...attributes, ...keyAttributes(staged.key.publicKey) };
  if (staged.kind === "other") {
    return { ...attributes, private_key_problem: staged.problem, private_key_left: staged.path };
  }
  if (known.kind === "command" || mayReplace(files, known.path)) return attributes;
  const path = readablePath(known);
  if (path === undefined) {
    const isFree = (await files.look(known.path)).kind === "nothing";
    return isFree ? attributes : { ...attributes, private_key_problem: SEALED };
  }
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
