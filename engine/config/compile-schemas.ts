import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import type { Provider } from "../model/provider.js";
import { namedSchemas } from "./named-schemas.js";

/** How schemas are compiled, here and by the build. */
export const COMPILING: Options = {
  allErrors: true,
  verbose: true,
  strict: false,
  validateSchema: false,
  validateFormats: false,
  ownProperties: true,
  addUsedSchema: false,
  // Optimizing takes a third of the compilation, and a schema is used a few thousand times at most.
  code: { optimize: false },
};

/** Compiles each schema of the providers' language when it is first asked for. */
export function compileSchemas(
  providers: readonly Provider[],
): (name: string) => ValidateFunction | undefined {
  const ajv = new Ajv2020(COMPILING);
  const schemas = namedSchemas(providers);
  const compiled = new Map<string, ValidateFunction>();
  return (name) => {
    const known = compiled.get(name);
    const schema = known ? undefined : schemas.get(name);
    if (!schema) return known;
    const validate = ajv.compile(schema());
    compiled.set(name, validate);
    return validate;
  };
}
