import type { AttributeChange, Change } from "../model/plan.js";
import { attributeStyle } from "./action-style.js";
import { attributeName, attributeValue, memberText } from "./attribute-text.js";
import { commonest } from "./commonest.js";
import type { Exposes } from "./exposure-text.js";
import { type Member, membersOf } from "./members.js";
import type { Tone } from "./row.js";

/** What several changes do alike. */
export interface CommonDifference {
  readonly symbol: string;
  readonly tone: Tone;
  readonly text: string;
  readonly exposes?: Exposes;
  /** How many of the changes do it. */
  readonly count: number;
}

type Difference = Omit<CommonDifference, "count">;

/** How many of them are named that open nothing to everybody. */
const NAMED = 3;
/** The share of the changes that makes a difference common. */
const COMMON = 0.1;
const BRIEF = { verbose: false };

/** What most of the changes do, and all that opens something to everybody, which comes first. */
export function commonDifferences(changes: readonly Change[]): readonly CommonDifference[] {
  const differences = changes.flatMap((change) => [
    ...membersOf(change.attributes).map(memberDifference),
    ...(change.action === "update" ? plainDifferences(change.attributes) : []),
  ]);
  const byKey = new Map(differences.map((it) => [JSON.stringify(it), it]));
  const counted = commonest(differences.map((it) => JSON.stringify(it))).flatMap(([key, count]) => {
    const difference = byKey.get(key);
    return difference ? [{ ...difference, count }] : [];
  });
  const opening = counted.filter(({ exposes }) => exposes?.kind === "add");
  const least = Math.max(2, changes.length * COMMON);
  const others = counted.filter((it) => !opening.includes(it) && it.count >= least);
  return [...opening, ...others.slice(0, NAMED)];
}

function memberDifference({ attribute, text, exposes }: Member): Difference {
  return {
    ...lookOf(attribute),
    text: memberText(attribute, text, BRIEF),
    ...(exposes && { exposes }),
  };
}

function plainDifferences(attributes: readonly AttributeChange[]): readonly Difference[] {
  return attributes
    .filter(({ label }) => label === undefined)
    .map((attribute) => ({
      ...lookOf(attribute),
      text: `${attributeName(attribute)}  ${attributeValue(attribute, BRIEF)}`,
    }));
}

function lookOf({ kind }: AttributeChange) {
  const { symbol, tone } = attributeStyle(kind);
  return { symbol, tone };
}
