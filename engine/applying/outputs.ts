import { attributeAt } from "../graph/resolve.js";
import type { Address } from "../model/address.js";
import type { Configuration } from "../model/configuration.js";
import { evaluate } from "../model/expression.js";
import { hasSecret, hasUnknown, type JsonObject, redact, type Value } from "../model/value.js";

/** The outputs as they are kept in state: without secrets, and without what does not exist. */
export function finalOutputs(
  configuration: Configuration,
  attributes: (address: Address) => JsonObject | undefined,
): JsonObject {
  const values = configuration.outputs
    .filter((output) => !output.sensitive)
    .map((output): readonly [string, Value] => [
      output.name,
      evaluate(output.value, (reference) => {
        const found = attributes(reference.address);
        return attributeAt(reference, found, found !== undefined);
      }),
    ])
    .filter(([, value]) => !hasUnknown(value) && !hasSecret(value));
  return Object.fromEntries(values.map(([name, value]) => [name, redact(value)]));
}
