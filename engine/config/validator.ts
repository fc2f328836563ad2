import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { JsonSchema } from "../model/json-schema.js";
import type { Provider } from "../model/provider.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Json } from "../model/value.js";
import { bodySchema, outlineSchema } from "./schema.js";
import { templated } from "./templated.js";

/** What a schema finds wrong with a value, as the validator says it. */
export type Violation = ErrorObject;

const VALIDATORS = new WeakMap<readonly Provider[], Validator>();

/** The validator of these providers: one, since compiling a schema costs more than using it. */
export function validatorFor(providers: readonly Provider[]): Validator {
  const known = VALIDATORS.get(providers);
  if (known) return known;
  const validator = new Validator(providers);
  VALIDATORS.set(providers, validator);
  return validator;
}

/** Checks values against the schemas of the language; each is compiled when first used. */
export class Validator {
  readonly #ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    validateSchema: false,
    validateFormats: false,
    ownProperties: true,
    addUsedSchema: false,
    // Optimizing takes a third of the compilation, and a schema is used a few thousand times at most.
    code: { optimize: false },
  });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #providers: readonly Provider[];

  constructor(providers: readonly Provider[]) {
    this.#providers = providers;
  }

  /** A whole file without the bodies of its resources. */
  outline(file: Json): readonly Violation[] {
    return this.#check("file", () => outlineSchema(this.#providers), file);
  }

  /** A resource's body with the meta-arguments. */
  body(type: ResourceType, body: Json): readonly Violation[] {
    return this.#check(`body ${type.name}`, () => bodySchema(type, this.#providers), body);
  }

  /** The settings of a provider. */
  settings(provider: Provider, settings: Json): readonly Violation[] {
    const schema = () => ({ ...templated(provider.schema), type: "object" });
    return this.#check(`settings ${provider.name}`, schema, settings);
  }

  #check(name: string, schema: () => JsonSchema, value: Json): readonly Violation[] {
    let validate = this.#compiled.get(name);
    if (!validate) {
      validate = this.#ajv.compile(schema());
      this.#compiled.set(name, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []);
  }
}
