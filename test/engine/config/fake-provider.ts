import type { JsonSchema } from "../../../engine/model/json-schema.js";
import type { Provider } from "../../../engine/model/provider.js";
import type { ResourceType } from "../../../engine/model/resource-type.js";

const schemas: Readonly<Record<string, JsonSchema>> = {
  key_pair: {
    type: "object",
    additionalProperties: false,
    properties: {
      type: { enum: ["ssh", "x509"], description: "what it is for" },
      public_key_file: { type: "string", minLength: 1, examples: ["keys/deploy.pub"] },
    },
  },
  security_group: {
    type: "object",
    additionalProperties: false,
    properties: {
      description: { type: "string" },
      stateful: { type: "boolean" },
      lifetime: {
        type: ["string", "object"],
        required: ["in"],
        additionalProperties: false,
        properties: { in: { type: "string" } },
        examples: ["2027-06-30", { in: "90d" }],
      },
      tags: { type: "array", items: { type: "string", pattern: "^[a-z]+$" } },
      labels: { type: "object", additionalProperties: { type: "string" } },
      rules: {
        type: "array",
        items: {
          type: "object",
          required: ["ingress"],
          examples: [{ ingress: "ssh" }],
          additionalProperties: false,
          properties: {
            ingress: { type: ["string", "array"], items: { type: "string" } },
            port: { type: "integer", minimum: 1, maximum: 65535 },
            from: {
              type: ["string", "array"],
              "x-reference": "security_group",
              items: { type: "string", "x-reference": "security_group" },
            },
            to: { type: "string", "x-reference": ["security_group", "key_pair"] },
          },
        },
      },
    },
  },
};

/** Two resource types of which the language sees the schema and the attributes only. */
export function fakeProvider(): Provider {
  return {
    name: "openstack",
    schema: {
      type: "object",
      additionalProperties: false,
      properties: { cloud: { type: "string" }, sandbox: { type: "boolean" } },
    },
    types: Object.keys(schemas).map(fakeType),
    connect: async () => {
      throw new Error("the language talks to no cloud");
    },
  };
}

function fakeType(name: string): ResourceType {
  const unused = async () => {
    throw new Error("the language talks to no cloud");
  };
  return {
    name,
    description: `a ${name}`,
    scope: "project",
    schema: schemas[name] ?? {},
    attributes: {
      id: { description: "its id", computed: true },
      name: { description: "its name" },
      fingerprint: { description: "of the key", computed: true },
    },
    schemaVersion: 1,
    decode: unused,
    list: unused,
    claim: unused,
    canonical: (existing) => existing,
    create: unused,
    delete: unused,
  };
}
