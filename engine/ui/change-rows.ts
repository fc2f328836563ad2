import { formatAddress } from "../model/address.js";
import type { Change } from "../model/plan.js";
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
  const { symbol, tone, verb } = ACTION_STYLE[change.action];
  const parts: Segment[][] = [[span(verb, tone)]];
  if (change.reason !== "") parts.push([span(change.reason)]);
  if (change.range) parts.push([span(formatRange(change.range), "dim")]);
  return hanging(
    0,
    [span(`${symbol.padStart(3)} `, tone)],
    span(formatAddress(change.address), "strong"),
    span("  "),
    ...joined(parts),
  );
}

/** One change with its attributes. */
export function changeRows(change: Change, detail: Detail): readonly Row[] {
  return [changeRow(change), ...attributeRows(tellingAttributes(change, detail), INSIDE, detail)];
}
