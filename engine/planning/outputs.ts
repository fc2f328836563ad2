import type { Configuration } from "../model/configuration.js";
import { evaluate, type Lookup } from "../model/expression.js";
import { Sensitive, Unknown, type Value, type ValueObject } from "../model/value.js";

/** The outputs' values; those declared sensitive are. */
export function evaluateOutputs(configuration: Configuration, lookup: Lookup): ValueObject {
  return Object.fromEntries(
    configuration.outputs.map((output) => {
      const value = evaluate(output.value, lookup);
      return [output.name, output.sensitive ? hide(value) : value];
    }),
  );
}

function hide(value: Value): Value {
  return value instanceof Unknown || value instanceof Sensitive ? value : new Sensitive(null);
}
