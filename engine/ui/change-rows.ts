import { formatAddress } from "../model/address.js";
import type { AttributeChange, Change } from "../model/plan.js";
import { formatRange } from "../model/source.js";
import { ACTION_STYLE } from "./action-style.js";
import { attributeRows } from "./attribute-rows.js";
import type { Detail } from "./attribute-text.js";
import { hanging, joined, type Row, type Segment, span } from "./row.js";
import { tellingAttributes } from "./telling-attributes.js";

/** Where the attributes of a change begin. */
const INSIDE = 6;

/** One change on one row: symbol, address, verb, reason, place. */
export function changeRow(change: Change): Row {
  return headRow(change, tellingReason(change));
}

/** One change with its attributes; what an update changes is reason enough. */
export function changeRows(change: Change, { verbose }: Detail): readonly Row[] {
  const attributes = tellingAttributes(change, { verbose });
  const says = change.action !== "update" || attributes.length === 0;
  const near = change.action === "create" ? undefined : change.range;
  return [
    headRow(change, says ? tellingReason(change) : ""),
    ...attributeRows(attributes.map(declaredPlace), INSIDE, { verbose, ...(near && { near }) }),
  ];
}

/** Why, where that is no matter of course: what was never there is simply new. */
export function tellingReason(change: Change): string {
  return change.action === "create" && change.previous === undefined ? "" : change.reason;
}

/** What goes is declared nowhere. */
function declaredPlace({ range, ...attribute }: AttributeChange): AttributeChange {
  return range && attribute.kind !== "remove" ? { ...attribute, range } : attribute;
}

function headRow(change: Change, reason: string): Row {
  const { symbol, tone, verb } = ACTION_STYLE[change.action];
  const parts: Segment[][] = [[span(verb, tone)]];
  if (reason !== "") parts.push([span(reason)]);
  if (change.range) parts.push([span(formatRange(change.range), "dim")]);
  return hanging(
    0,
    [span(`${symbol.padStart(3)} `, tone)],
    span(formatAddress(change.address), "strong"),
    span("  "),
    ...joined(parts),
  );
}
