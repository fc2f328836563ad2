import { formatAddress } from "../model/address.js";
import type { AttributeChange } from "../model/plan.js";
import { hasSecret, hasUnknown, type JsonObject, redact } from "../model/value.js";
import { readLabel } from "./exposure-text.js";
import { present } from "./present.js";

/**
 * `{path, kind, before?, after?, label?, default?, exposes?, forces_replacement?, goes_with?, sensitive?, unknown?, file?, line?}`.
 * A secret is the text `(sensitive)`, a value that apply decides `(known after apply)`; the two
 * flags tell them from real texts.
 */
export function attributeJson(attribute: AttributeChange): JsonObject {
  const { path, kind, before, after, label, isDefault, forcesReplacement, goesWith, range } =
    attribute;
  const { text, exposed } = label === undefined ? {} : readLabel(label);
  const values = [before, after].filter((value) => value !== undefined);
  return present({
    path,
    kind,
    before: before === undefined ? undefined : redact(before),
    after: after === undefined ? undefined : redact(after),
    label: text,
    default: isDefault,
    exposes: exposed,
    forces_replacement: forcesReplacement,
    goes_with: goesWith && formatAddress(goesWith),
    sensitive: values.some(hasSecret) || undefined,
    unknown: values.some(hasUnknown) || undefined,
    file: range?.file,
    line: range?.start.line,
  });
}
