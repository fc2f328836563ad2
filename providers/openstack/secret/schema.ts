import type { JsonSchema } from "../../../engine/model/json-schema.js";

/** Of `encrypt_to`, beside the places of a secret. */
export const ENCRYPT_TO: JsonSchema = {
  type: "array",
  description:
    "Recipients of age, or public keys of SSH (Ed25519, RSA): what is delivered is encrypted to " +
    "them, as text, and never on disk otherwise. A file's name then ends in `.age`.",
  minItems: 1,
  items: { type: "string" },
  examples: [["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]],
};
