import type { JsonSchema } from "../model/json-schema.js";
import type { Provider } from "../model/provider.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Json, JsonObject } from "../model/value.js";
import { isExpressionMap } from "./expressions.js";
import { EXPRESSION_PATTERN } from "./parse-template.js";
import { templated } from "./templated.js";

/** The keys of a resource's body that belong to the language and not to its type. */
export const META_ARGUMENTS = ["provider", "depends_on", "for_each", "lifecycle"] as const;

/** The types that a variable may have. */
export const VARIABLE_TYPES = [
  ...["string", "number", "bool", "cidr", "list", "map"],
  ...["string", "number", "bool", "cidr"].flatMap((item) => [`list(${item})`, `map(${item})`]),
] as const;

const NAMES = { pattern: "^[A-Za-z_][A-Za-z0-9_-]*$" };

/** The published JSON Schema (2020-12) of a configuration file, for editors. */
export function languageSchema(providers: readonly Provider[]): JsonSchema {
  return fileSchema(providers, (type) => bodySchema(type, providers));
}

/** The schema of a file in which the bodies of resources may be anything. */
export function outlineSchema(providers: readonly Provider[]): JsonSchema {
  return fileSchema(providers, () => true);
}

/** The schema of a resource's body with the meta-arguments. */
export function bodySchema(type: ResourceType, providers: readonly Provider[]): JsonSchema {
  const schema = templated(type.schema);
  return {
    ...schema,
    type: "object",
    properties: {
      ...(isExpressionMap(schema.properties) && schema.properties),
      ...metaArguments(type, providers),
    },
  };
}

function fileSchema(
  providers: readonly Provider[],
  bodyOf: (type: ResourceType) => Json,
): JsonSchema {
  const types = providers.flatMap(({ types }) => types);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Portcullis configuration",
    type: "object",
    additionalProperties: false,
    properties: {
      provider: providerSchema(providers),
      variables: section("Values given from outside, as var.NAME.", VARIABLE),
      locals: section("Values used in several places, as local.NAME.", true),
      resources: {
        description: "What the cloud shall have: type, name, body.",
        type: ["object", "null"],
        additionalProperties: false,
        properties: Object.fromEntries(
          types.map((type) => [type.name, section(type.description, bodyOf(type))]),
        ),
      },
      outputs: section("Values shown after apply and read by other programs.", OUTPUT),
    },
  };
}

/** A mapping from names; a section with nothing in it may stay. */
function section(description: string, of: Json): JsonSchema {
  return {
    description,
    type: ["object", "null"],
    propertyNames: NAMES,
    additionalProperties: of,
  };
}

function providerSchema(providers: readonly Provider[]): JsonSchema {
  return {
    description: "The cloud and how to reach it.",
    type: "object",
    additionalProperties: false,
    maxProperties: 1,
    properties: Object.fromEntries(
      providers.map(({ name, schema }) => [name, { ...templated(schema), type: "object" }]),
    ),
  };
}

const VARIABLE: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    type: { description: "Defaults to string.", enum: VARIABLE_TYPES },
    default: { description: "Its value where none is given; without it, one must be." },
    description: { type: "string" },
    sensitive: { description: "Never shown.", type: "boolean" },
    validation: {
      description: "What its value must satisfy.",
      type: "object",
      additionalProperties: false,
      properties: {
        pattern: { description: "A regular expression found in the text.", type: "string" },
        min: { description: "The least number, length or count of items.", type: "number" },
        max: { description: "The greatest number, length or count of items.", type: "number" },
        one_of: { description: "The values there are.", type: "array", minItems: 1 },
        message: { description: "Said when it is not satisfied.", type: "string" },
      },
    },
  },
};

const OUTPUT: JsonSchema = {
  type: ["string", "number", "boolean", "array", "object"],
  additionalProperties: false,
  required: ["value"],
  properties: {
    value: { description: "Any value with expressions." },
    description: { type: "string" },
    sensitive: { description: "Never shown, and not kept.", type: "boolean" },
  },
};

function metaArguments(type: ResourceType, providers: readonly Provider[]): JsonObject {
  return {
    provider: {
      description: "The provider that keeps it.",
      enum: providers.map(({ name }) => name),
    },
    depends_on: {
      description: "Resources that must be there first, besides those it refers to.",
      type: "array",
      items: { type: "string" },
      examples: [["security_group.web"]],
    },
    for_each: {
      description: "One instance for each entry of a mapping, or each of a list of distinct texts.",
      if: { type: "string", pattern: EXPRESSION_PATTERN },
      else: { type: ["object", "array"] },
    },
    lifecycle: lifecycle(type),
  };
}

function publicAttributes({ attributes }: ResourceType): readonly string[] {
  return Object.keys(attributes)
    .filter((it) => !attributes[it]?.internal)
    .sort();
}

function lifecycle(type: ResourceType): JsonSchema {
  return {
    type: "object",
    additionalProperties: false,
    properties: {
      prevent_destroy: {
        description: "Refuse any plan that would delete or replace it.",
        type: "boolean",
      },
      ignore_changes: {
        description: "Attributes whose difference from the cloud means nothing.",
        type: "array",
        items: { enum: publicAttributes(type) },
      },
    },
  };
}
