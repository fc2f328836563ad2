import { formatReference } from "../model/expression.js";
import {
  HIDDEN,
  isValueList,
  isValueObject,
  Sensitive,
  Unknown,
  type Value,
} from "../model/value.js";
import { shorten, shortenPair } from "./shorten.js";

/** How many characters of a value a view shows; a detailed view shows all. */
export interface ValueTextOptions {
  readonly limit: number;
}

/** A value as people read it: texts quoted, secrets and unknown values named as such. */
export function valueText(value: Value | undefined, options: ValueTextOptions): string {
  if (isMarker(value)) return fullText(value);
  return shorten(fullText(value), options.limit);
}

/** `before → after`, shortened so that the difference stays visible. */
export function transitionText(
  before: Value | undefined,
  after: Value | undefined,
  options: ValueTextOptions,
): string {
  if (before instanceof Sensitive && after instanceof Sensitive) return "(sensitive, changed)";
  if (isMarker(before) || isMarker(after))
    return `${valueText(before, options)} → ${valueText(after, options)}`;
  const [from, to] = shortenPair(fullText(before), fullText(after), options.limit);
  return `${from} → ${to}`;
}

function isMarker(value: Value | undefined): boolean {
  return value instanceof Sensitive || value instanceof Unknown;
}

function fullText(value: Value | undefined): string {
  if (value === undefined || value === null) return "(none)";
  if (value instanceof Sensitive) return HIDDEN;
  if (value instanceof Unknown) return unknownText(value);
  if (isValueList(value)) return `[${value.map(fullText).join(", ")}]`;
  if (isValueObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${key}: ${fullText(item)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return JSON.stringify(value);
}

function unknownText(value: Unknown): string {
  return value.reference
    ? `(known after apply: ${formatReference(value.reference)})`
    : "(known after apply)";
}
