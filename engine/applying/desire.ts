import { attributeAt, resolve } from "../graph/resolve.js";
import { hasErrors } from "../model/diagnostic.js";
import { OutsideError } from "../model/errors.js";
import type { Lookup } from "../model/expression.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import {
  hasUnknown,
  type JsonObject,
  Unknown,
  type Value,
  type ValueObject,
} from "../model/value.js";
import type { StepContext } from "./step-context.js";

/** What is wanted, with every reference answered by what exists now. */
export async function desire(
  resource: Resource,
  type: ResourceType,
  { recorder, runtime }: Pick<StepContext, "recorder" | "runtime">,
  existing?: { readonly attributes: JsonObject; readonly ignored: readonly string[] },
): Promise<ValueObject> {
  const lookup: Lookup = (reference) => {
    const attributes = recorder.attributes(reference.address);
    return attributeAt(reference, attributes, attributes !== undefined);
  };
  const { attributes, diagnostics } = await resolve(resource, type, lookup, runtime);
  const [problem] = diagnostics.filter((it) => it.severity === "error");
  if (problem && hasErrors(diagnostics)) {
    throw new OutsideError("bad-request", problem.summary, {
      ...(problem.help !== undefined && { help: problem.help }),
    });
  }
  if (!existing) return attributes;
  const desired = type.reconcile?.(attributes, existing.attributes) ?? attributes;
  return Object.fromEntries(
    Object.entries(desired).filter(([key]) => !existing.ignored.includes(key)),
  );
}

/** The declaration without what is written later: what that refers to need not be there yet. */
export function withoutDeferred(resource: Resource, type: ResourceType): Resource {
  return { ...resource, config: undeferred(resource.config, type) };
}

export function undeferred<T>(
  attributes: { readonly [key: string]: T },
  type: ResourceType,
): { readonly [key: string]: T } {
  return Object.fromEntries(
    Object.entries(attributes).filter(([key]) => !type.attributes[key]?.deferred),
  );
}

/** What creation needs: neither what is deferred nor what the type itself decides then. */
export function atCreation(desired: ValueObject, type: ResourceType): ValueObject {
  const isLeftToType = (value: Value) => value instanceof Unknown && !value.reference;
  const made = Object.entries(undeferred(desired, type)).filter(([, it]) => !isLeftToType(it));
  const unknown = made.find(([, value]) => hasUnknown(value));
  if (unknown) throw new TypeError(`${unknown[0]} is still unknown when it is needed`);
  return Object.fromEntries(made);
}
