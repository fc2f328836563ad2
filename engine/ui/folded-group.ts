import { formatAddress } from "../model/address.js";
import type { Change } from "../model/plan.js";
import { ACTION_STYLE } from "./action-style.js";
import type { ChangeGroup } from "./change-groups.js";
import { tellingReason } from "./change-rows.js";
import { type CommonDifference, commonDifferences } from "./common-differences.js";
import { commonest } from "./commonest.js";
import { exposureSegments } from "./exposure-text.js";
import { hanging, line, type Row, span } from "./row.js";

/** How many addresses and reasons of a group are named. */
const NAMED = { addresses: 3, reasons: 3 } as const;
const INSIDE = 6;

/** A group in a few rows: how many, the first names and the last, why, and what most have in common. */
export function foldedGroup(group: ChangeGroup): readonly Row[] {
  const { symbol, tone, verb } = ACTION_STYLE[group.action];
  return [
    hanging(
      0,
      [span(`${symbol.padStart(3)} `, tone)],
      span(verb, tone),
      span(` ${group.changes.length} ${group.type}: `),
      span(namesText(group.changes)),
    ),
    ...reasonRows(group.changes),
    ...commonDifferences(group.changes).map(differenceRow(group.changes.length)),
  ];
}

function differenceRow(total: number): (difference: CommonDifference) => Row {
  return ({ symbol, tone, text, exposes, count }) =>
    hanging(
      INSIDE,
      [span(`${symbol} `, tone)],
      span(text),
      ...exposureSegments(exposes),
      span(share(count, total), "dim"),
    );
}

function namesText(changes: readonly Change[]): string {
  const names = changes.map(({ address }) => formatAddress(address).slice(address.type.length + 1));
  if (names.length <= NAMED.addresses + 1) return names.join(", ");
  return `${names.slice(0, NAMED.addresses).join(", ")} … ${names.at(-1)}`;
}

function reasonRows(changes: readonly Change[]): readonly Row[] {
  const counts = commonest(changes.map(tellingReason).filter((it) => it !== ""));
  const shown = counts.slice(0, NAMED.reasons);
  const texts = shown.map(([reason, count]) =>
    count === changes.length ? reason : `${reason}${share(count, changes.length)}`,
  );
  const more = counts.length - shown.length;
  if (more > 0) texts.push(`${more} more reasons`);
  return texts.map((text) => line(INSIDE, span(text, "dim")));
}

function share(count: number, total: number): string {
  return count === total ? "  in all of them" : `  in ${count} of them`;
}
