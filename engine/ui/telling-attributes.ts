import type { AttributeChange, Change } from "../model/plan.js";
import { isValueList, isValueObject, Unknown, type Value } from "../model/value.js";
import type { Detail } from "./attribute-text.js";
import { inKeyWords, withDelivery, withPrivateKey } from "./key-words.js";

/**
 * The attributes of a change that tell the reader something: of what is made, what was declared;
 * of a key made anew, also where it goes; of what goes, the members of its sets; of everything else, all that differs.
 */
export function tellingAttributes(change: Change, detail: Detail): readonly AttributeChange[] {
  if (change.action === "replace") return withPrivateKey(change.attributes, change.desired);
  if (detail.verbose) return change.attributes;
  switch (change.action) {
    case "create":
      return inKeyWords(change.attributes).filter(
        (attribute) => isDeclared(attribute, change.resource.config) || says(attribute, change),
      );
    case "delete":
      return change.attributes.filter((attribute) => attribute.label !== undefined);
    case "import":
    case "update":
      return withDelivery(change.attributes, change.desired);
    default:
      return change.attributes;
  }
}

function isDeclared(attribute: AttributeChange, config: object): boolean {
  return Object.hasOwn(config, attribute.path[0] ?? "");
}

/** More than a default, an empty value, or what only the cloud decides. */
function says(attribute: AttributeChange, change: Change): boolean {
  if (attribute.label !== undefined) return true;
  const { after } = attribute;
  if (after instanceof Unknown) return after.reference !== undefined;
  return typeof after !== "boolean" && !isEmpty(after) && after !== change.address.name;
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (isValueList(value)) return value.length === 0;
  return isValueObject(value) && Object.keys(value).length === 0;
}
