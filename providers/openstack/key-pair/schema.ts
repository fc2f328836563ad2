import type { JsonSchema } from "../../../engine/model/json-schema.js";
import { ENCRYPT_TO } from "../secret/schema.js";
import { ALGORITHMS } from "./algorithm.js";

/** Of a key pair's declaration. Which keys exclude each other is checked when it is decoded. */
export const SCHEMA: JsonSchema = {
  type: "object",
  description:
    "A key pair. Give `private_key_file` or `private_key_command` to have a key generated on this " +
    "machine, or `public_key` or `public_key_file` to use a key that you have.",
  additionalProperties: false,
  properties: {
    name: {
      type: "string",
      description: "The name in the cloud. Default: the resource's name.",
      minLength: 1,
      maxLength: 255,
      examples: ["deploy"],
    },
    type: {
      type: "string",
      description: "`ssh`, or `x509` for Windows instances.",
      enum: ["ssh", "x509"],
      default: "ssh",
    },
    algorithm: {
      type: "string",
      description: "The algorithm to generate a key with. Default: ed25519, for x509 rsa-2048.",
      enum: ALGORITHMS,
      examples: ["ed25519"],
    },
    private_key_file: {
      type: "string",
      description:
        "Where the private key is delivered, with mode 0600. A key that is there already is used, " +
        "and not overwritten without --replace-secret-file. The private key never enters the state.",
      minLength: 1,
      examples: ["deploy.pem", "~/.ssh/deploy.pem"],
    },
    private_key_command: {
      type: "array",
      description:
        "The program, with its arguments, that apply gives the private key on standard input. No " +
        "shell reads it.",
      minItems: 1,
      items: { type: "string" },
      examples: [["vault", "kv", "put", "secret/deploy", "private_key=-"]],
    },
    encrypt_to: ENCRYPT_TO,
    public_key: {
      type: "string",
      description:
        "A public key: OpenSSH's one line, RFC 4716 or PEM; for x509 a certificate in PEM.",
      minLength: 1,
      examples: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA... alice@example.org"],
    },
    public_key_file: {
      type: "string",
      description: "The file of a public key, in any of the forms of `public_key`.",
      minLength: 1,
      examples: ["keys/deploy.pub"],
    },
  },
};
