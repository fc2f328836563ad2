import { Unknown, type ValueObject } from "../../../engine/model/value.js";
import { GENERATED, type KeyPairType } from "./algorithm.js";
import { keyAttributes } from "./attributes.js";
import type { DecodeRequest } from "./declaration.js";
import { readHeldKey } from "./private-key-file.js";

/**
 * A key that is generated here and delivered to a file. Where the file holds a fitting private key
 * already, as after an interrupted run, that key is the one; otherwise the key is not known yet, and absent.
 */
export async function decodeGenerated(
  path: string | Unknown,
  type: KeyPairType,
  request: DecodeRequest,
): Promise<ValueObject> {
  const algorithm = chooseAlgorithm(type, request);
  const attributes = { algorithm, private_key_file: path };
  if (path instanceof Unknown || algorithm instanceof Unknown) return attributes;
  const { files } = request.context.runtime;
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
