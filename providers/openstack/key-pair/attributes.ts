import type { AttributeRule } from "../../../engine/model/attribute-rule.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { PublicKey } from "./public-key.js";

/** Everything that a key pair has. Key pairs are immutable: a change is a new one. */
export const ATTRIBUTES: Readonly<Record<string, AttributeRule>> = {
  id: { description: "Nova's id of it: its name.", computed: true },
  name: {
    description: "The name, by which servers refer to it.",
    forcesReplacement: true,
    unique: true,
  },
  type: { description: "`ssh` or `x509`.", forcesReplacement: true },
  algorithm: {
    description: "The key's algorithm: `ed25519`, `rsa-4096`, `ecdsa-p256` and the like.",
    forcesReplacement: true,
  },
  public_key: {
    description: "The public key without comment; for x509 the certificate.",
    forcesReplacement: true,
  },
  fingerprint: {
    description: "Nova's fingerprint: MD5 of the key, for x509 SHA-1 of the certificate.",
    computed: true,
    createOnly: true,
  },
  fingerprint_sha256: {
    description: "The fingerprint as `ssh-keygen -l` prints it.",
    computed: true,
    createOnly: true,
  },
  comment: {
    description: "The comment that the cloud shows behind the public key.",
    local: true,
    createOnly: true,
    internal: true,
  },
  private_key_file: {
    description: "Where the private key was delivered.",
    local: true,
    createOnly: true,
  },
  private_key_command: {
    description: "The command that the private key was given to.",
    local: true,
    createOnly: true,
  },
  encrypt_to: {
    description: "To whom the private key was encrypted.",
    local: true,
    createOnly: true,
  },
  private_key_problem: {
    description: "Why the file of the private key cannot be used to make the key pair.",
    local: true,
    createOnly: true,
    internal: true,
  },
  private_key_left: {
    description: "The file of another private key that waits to be delivered.",
    local: true,
    createOnly: true,
    internal: true,
  },
  delivered: {
    description: "False while the private key waits to be delivered.",
    local: true,
    internal: true,
  },
  generated_public_key: {
    description: "The public half of the private key that was generated.",
    local: true,
    createOnly: true,
    internal: true,
  },
};

/** What a public key says of its key pair. */
export function keyAttributes(key: PublicKey): JsonObject {
  return {
    algorithm: key.algorithm,
    public_key: key.text,
    fingerprint: key.fingerprint,
    fingerprint_sha256: key.fingerprintSha256,
  };
}
