import type { RemoteObject } from "../../../engine/model/remote-object.js";
import { equalJson, redact, type ValueObject } from "../../../engine/model/value.js";

/** Whether an address group is what a creation makes of what is wanted. */
export function isAsMade({ attributes }: RemoteObject, wanted: ValueObject): boolean {
  const { description, addresses = {} } = wanted;
  return (
    attributes.description === description && equalJson(attributes.addresses, redact(addresses))
  );
}
