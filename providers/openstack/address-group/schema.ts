import type { JsonSchema } from "../../../engine/model/json-schema.js";

/** Of the body of an `address_group` declaration. */
export const schema: JsonSchema = {
  type: "object",
  description: "A list of address ranges that rules of security groups can name.",
  properties: {
    name: { type: "string", maxLength: 255, description: "By default the resource's name." },
    description: { type: "string", maxLength: 255, description: "What it is for." },
    addresses: {
      type: "array",
      description:
        "Every address range and address of the group, IPv4 and IPv6: any other is removed.",
      items: { type: "string" },
      examples: [["203.0.113.0/24", "2001:db8::/32"]],
    },
  },
  required: ["addresses"],
  additionalProperties: false,
};
