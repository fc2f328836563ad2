import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Provider } from "../model/provider.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Json } from "../model/value.js";
import { BUILT_VALIDATORS } from "./built-validators.js";
import { bodyName, FILE, settingsName } from "./named-schemas.js";

/** What a schema finds wrong with a value, as the validator says it. */
export type Violation = ErrorObject;

const VALIDATORS = new WeakMap<readonly Provider[], Validator>();

/** The validator of these providers: one, since compiling a schema costs more than using it. */
export async function validatorFor(providers: readonly Provider[]): Promise<Validator> {
  const known = VALIDATORS.get(providers);
  if (known) return known;
  const validator = new Validator(
    FILE in BUILT_VALIDATORS
      ? (name) => BUILT_VALIDATORS[name]
      : (await import("./compile-schemas.js")).compileSchemas(providers),
  );
  VALIDATORS.set(providers, validator);
  return validator;
}

/** Checks values against the schemas of the language. */
export class Validator {
  readonly #named: (name: string) => ValidateFunction | undefined;

  constructor(named: (name: string) => ValidateFunction | undefined) {
    this.#named = named;
  }

  /** A whole file without the bodies of its resources. */
  outline(file: Json): readonly Violation[] {
    return this.#check(FILE, file);
  }

  /** A resource's body with the meta-arguments. */
  body(type: ResourceType, body: Json): readonly Violation[] {
    return this.#check(bodyName(type), body);
  }

  /** The settings of a provider. */
  settings(provider: Provider, settings: Json): readonly Violation[] {
    return this.#check(settingsName(provider), settings);
  }

  #check(name: string, value: Json): readonly Violation[] {
    const validate = this.#named(name);
    if (!validate) throw new Error(`there is no schema ${name}`);
    return validate(value) ? [] : (validate.errors ?? []);
  }
}
