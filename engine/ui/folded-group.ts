import { formatAddress } from "../model/address.js";
import type { AttributeChange, Change } from "../model/plan.js";
import { ACTION_STYLE, attributeStyle } from "./action-style.js";
import { attributeName, attributeValue, memberText } from "./attribute-text.js";
import type { ChangeGroup } from "./change-groups.js";
import { hanging, line, type Row, span } from "./row.js";

/** How many addresses, reasons and common differences of a group are named. */
const NAMED = { addresses: 3, reasons: 3, differences: 3 } as const;
/** The share of a group that makes a difference common. */
const COMMON = 0.1;
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
    ...differenceRows(group.changes),
  ];
}

function namesText(changes: readonly Change[]): string {
  const names = changes.map(({ address }) => formatAddress(address).slice(address.type.length + 1));
  if (names.length <= NAMED.addresses + 1) return names.join(", ");
  return `${names.slice(0, NAMED.addresses).join(", ")} … ${names.at(-1)}`;
}

function reasonRows(changes: readonly Change[]): readonly Row[] {
  const counts = commonest(changes.map((change) => change.reason).filter((it) => it !== ""));
  const shown = counts.slice(0, NAMED.reasons);
  const texts = shown.map(([reason, count]) =>
    count === changes.length ? reason : `${reason}${share(count, changes.length)}`,
  );
  const more = counts.length - shown.length;
  if (more > 0) texts.push(`${more} more reasons`);
  return texts.map((text) => line(INSIDE, span(text, "dim")));
}

/** What several of the changes do alike. */
function differenceRows(changes: readonly Change[]): readonly Row[] {
  const attributes = changes.flatMap((change) =>
    change.attributes.filter((it) => it.label !== undefined || change.action === "update"),
  );
  const byText = new Map(attributes.map((attribute) => [differenceText(attribute), attribute]));
  return commonest(attributes.map(differenceText))
    .filter(([, count]) => count >= Math.max(2, changes.length * COMMON))
    .slice(0, NAMED.differences)
    .flatMap(([text, count]) => {
      const attribute = byText.get(text);
      if (!attribute) return [];
      const { symbol, tone } = attributeStyle(attribute.kind);
      const where = span(share(count, changes.length), "dim");
      return [hanging(INSIDE, [span(`${symbol} `, tone)], span(text.slice(1)), where)];
    });
}

/** The difference in words, with a first character that tells additions from removals. */
function differenceText(attribute: AttributeChange): string {
  const detail = { verbose: false };
  const { symbol } = attributeStyle(attribute.kind);
  const text =
    attribute.label === undefined
      ? `${attributeName(attribute)}  ${attributeValue(attribute, detail)}`
      : memberText(attribute, attribute.label, detail);
  return `${symbol}${text}`;
}

function share(count: number, total: number): string {
  return count === total ? "  in all of them" : `  in ${count} of them`;
}

/** Each distinct text with how often it occurs, the most frequent first. */
function commonest(texts: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
