import type { JsonSchema } from "../../../engine/model/json-schema.js";
import { ENCRYPT_TO } from "../secret/schema.js";
import { MAX_PATH, METHODS } from "./access-rule.js";

const path = (what: string, example: string): JsonSchema => ({
  type: "string",
  minLength: 1,
  description: `${what} Mode 0600; relative to the configuration's folder.`,
  examples: [example],
});

const writeTo: JsonSchema = {
  type: "object",
  description:
    "Where the secret is written, once, when the credential is made. Deleting the credential removes it from there.",
  additionalProperties: false,
  minProperties: 1,
  examples: [{ clouds_yaml: "clouds.yaml" }],
  properties: {
    clouds_yaml: {
      type: ["string", "object"],
      description:
        "A clouds.yaml: its path, or {path, cloud}. One entry is written, named after the credential unless `cloud` says otherwise; everything else in the file stays.",
      examples: ["ci-clouds.yaml", { path: "clouds.yaml", cloud: "ci" }],
      additionalProperties: false,
      required: ["path"],
      properties: {
        path: path("The clouds.yaml.", "clouds.yaml"),
        cloud: { type: "string", minLength: 1, description: "The name of the entry." },
      },
    },
    openrc: path("A script for a shell to source.", "ci-openrc.sh"),
    json: path("A JSON object: id, name, secret, auth_url and more.", "ci.json"),
    env: path("NAME=value lines, for containers and CI.", "ci.env"),
    command: {
      type: "array",
      description:
        "The program, with its arguments, that apply gives the secret on standard input, as `json` has it. No shell reads it.",
      minItems: 1,
      items: { type: "string" },
      examples: [["vault", "kv", "put", "secret/ci", "credential=-"]],
    },
    encrypt_to: ENCRYPT_TO,
  },
};

const accessRules: JsonSchema = {
  type: "array",
  description: "The only requests it may make. Left out: all that its roles allow.",
  examples: [[{ service: "compute", method: "GET", path: "/v2.1/servers" }]],
  items: {
    type: "object",
    additionalProperties: false,
    required: ["service", "method", "path"],
    properties: {
      service: {
        type: "string",
        description: "The service's type in the catalog.",
        examples: ["compute", "network", "identity"],
      },
      method: { type: "string", enum: METHODS, description: "Each method needs its own rule." },
      path: {
        type: "string",
        maxLength: MAX_PATH,
        description:
          "The path on the server. * or {name} is one segment, ** is everything; a slash at the end counts.",
        examples: ["/v2.1/servers", "/v2.1/servers/*", "/v2.1/**"],
      },
    },
  },
};

/** Of the body of an `application_credential`. */
export const schema: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    name: {
      type: "string",
      minLength: 1,
      maxLength: 255,
      description:
        "Its name, unique per user over all projects. Left out: the name of the resource.",
    },
    description: { type: "string", description: "For people." },
    secret: {
      type: ["string", "object"],
      writeOnly: true,
      description:
        "Where its secret comes from. Left out: one is generated, and write_to says where it goes. At most 72 bytes.",
      examples: [{ env: "CI_SECRET" }, { file: "ci.secret" }],
      additionalProperties: false,
      properties: {
        env: { type: "string", minLength: 1, description: "An environment variable." },
        file: { type: "string", minLength: 1, description: "A file; one line end is cut off." },
      },
    },
    expires_at: {
      type: ["string", "object"],
      description:
        "When it ends: a time with Z or an offset, a date (its beginning in UTC), or {in: 90d} from its creation on (s, m, h, d, w). Left out: never.",
      examples: ["2027-06-30T00:00:00+02:00", "2027-06-30", { in: "90d" }],
      additionalProperties: false,
      required: ["in"],
      properties: {
        in: {
          type: "string",
          description: "How long after its creation: a number and s, m, h, d or w.",
          examples: ["90d", "12h"],
        },
      },
    },
    roles: {
      type: "array",
      description: "Roles by name or id, all of which the log-in has. Left out: all it has.",
      items: { type: "string", minLength: 1 },
      examples: [["member"]],
    },
    unrestricted: {
      type: "boolean",
      default: false,
      description: "Whether it may make and delete application credentials. Dangerous.",
    },
    access_rules: accessRules,
    write_to: writeTo,
  },
};
