import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { ValueObject } from "../../../engine/model/value.js";
import { rulesFromValue } from "./rule-attributes.js";

/** Whether a group has nothing but what its creation gives it: so described, no tags, only egress. */
export function isAsMade({ attributes }: RemoteObject, wanted: ValueObject): boolean {
  const { description, tags, rules } = attributes;
  const isBare = Array.isArray(tags) && tags.length === 0;
  const isGiven = [...rulesFromValue(rules).values()].every((it) => it.direction === "egress");
  return isBare && isGiven && description === wanted.description;
}
