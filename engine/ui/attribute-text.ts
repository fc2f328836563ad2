import type { AttributeChange } from "../model/plan.js";
import { equalJson, isValueObject, redact, type Value, type ValueObject } from "../model/value.js";
import { transitionText, valueText } from "./value-text.js";

/** Characters of a value shown alone, and of each of two. */
const LIMITS = { alone: 60, pair: 40 } as const;

/** How much is shown. */
export interface Detail {
  /** Everything: nothing folded, shortened or left out. */
  readonly verbose: boolean;
}

/** The attribute's name with the way inside it: `access_rules.0.path`. */
export function attributeName(attribute: AttributeChange): string {
  return attribute.path.join(".");
}

/** What becomes of a plain attribute: `before → after`, or its one value. */
export function attributeValue(attribute: AttributeChange, detail: Detail): string {
  const alone = { limit: detail.verbose ? Number.POSITIVE_INFINITY : LIMITS.alone };
  const pair = { limit: detail.verbose ? Number.POSITIVE_INFINITY : LIMITS.pair };
  switch (attribute.kind) {
    case "add":
      return valueText(attribute.after, alone);
    case "remove":
      return valueText(attribute.before, alone);
    case "change":
      return transitionText(attribute.before, attribute.after, pair);
  }
}

/** A member of a set in its own words, with what differs in it where it stays. */
export function memberText(attribute: AttributeChange, label: string, detail: Detail): string {
  const { kind, before, after, isDefault } = attribute;
  if (isDefault) return `${label} (usual default)`;
  if (kind !== "change") return label;
  if (!isValueObject(before) || !isValueObject(after))
    return `${label}: ${lastKey(attribute)}${attributeValue(attribute, detail)}`;
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !sameValue(before[key], after[key]))
    .map((key) => {
      const part = { ...attribute, before: before[key] ?? null, after: after[key] ?? null };
      return `${key} ${attributeValue(part, detail)}`;
    });
  return parts.length === 0 ? label : `${withoutEnd(label, after)}: ${parts.join(", ")}`;
}

/** The label without the description at its end, which stands beside the one before. */
function withoutEnd(label: string, { description }: ValueObject): string {
  const end = ` ${JSON.stringify(description ?? null)}`;
  return label.endsWith(end) ? label.slice(0, -end.length) : label;
}

/** Beyond the set and the member, what of the member differs. */
function lastKey(attribute: AttributeChange): string {
  const inside = attribute.path.slice(2);
  return inside.length === 0 ? "" : `${inside.join(".")} `;
}

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || equalJson(redact(a ?? null), redact(b ?? null));
}
