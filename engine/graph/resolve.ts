import { type Diagnostic, placed } from "../model/diagnostic.js";
import { evaluate, type Lookup, type Reference } from "../model/expression.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Runtime } from "../model/runtime.js";
import type { SecretFile } from "../model/secret-file.js";
import {
  isValueList,
  isValueObject,
  Unknown,
  type Value,
  type ValueObject,
} from "../model/value.js";

/** A declaration in its type's canonical form. */
export interface Resolved {
  readonly attributes: ValueObject;
  /** With their places. */
  readonly diagnostics: readonly Diagnostic[];
  /** The place of an attribute's member in the declaration, by `attribute/member` pointer. */
  readonly pointers: Readonly<Record<string, string>>;
  readonly writes: readonly SecretFile[];
}

/** Replaces the references of a declaration and brings it to canonical form. */
export async function resolve(
  resource: Resource,
  type: ResourceType,
  lookup: Lookup,
  runtime: Runtime,
): Promise<Resolved> {
  const body = evaluate(resource.config, lookup);
  if (!isValueObject(body)) throw new TypeError("a declaration is a mapping");
  const decoded = await type.decode(body, { address: resource.address, runtime });
  return {
    attributes: decoded.attributes,
    diagnostics: decoded.diagnostics.map((it) => placed(it, resource.address, resource.ranges)),
    pointers: decoded.pointers ?? {},
    writes: decoded.writes ?? [],
  };
}

/**
 * The attribute that a reference names. What is absent is Unknown when the instance is still to be
 * made, and null when it exists without it.
 */
export function attributeAt(
  reference: Reference,
  attributes: ValueObject | undefined,
  exists: boolean,
): Value {
  let value: Value | undefined = attributes;
  for (const step of reference.path) {
    if (value instanceof Unknown) return value;
    if (isValueList(value)) value = value[Number(step)];
    else if (isValueObject(value) && Object.hasOwn(value, step)) value = value[step];
    else value = undefined;
  }
  return value ?? (exists ? null : new Unknown(reference));
}
