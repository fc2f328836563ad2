import type { AttributeChange } from "../model/plan.js";
import { attributeStyle } from "./action-style.js";
import { attributeName, attributeValue, type Detail, memberText } from "./attribute-text.js";
import { hanging, line, type Row, type Segment, span } from "./row.js";
import { displayWidth, padTo } from "./width.js";

/** Members of one set and kind that are shown whole; of more, the first few. */
const MEMBERS = { whole: 10, first: 7 } as const;
/** The widest name that others are aligned to. */
const NAME_WIDTH = 24;
const KINDS = ["change", "add", "remove"] as const;

/** Attributes as aligned rows, then the members of sets. */
export function attributeRows(
  attributes: readonly AttributeChange[],
  indent: number,
  detail: Detail,
): readonly Row[] {
  const plain = attributes.filter((attribute) => attribute.label === undefined);
  const forcing = plain.filter((attribute) => attribute.forcesReplacement);
  const others = plain.filter((attribute) => !attribute.forcesReplacement);
  const widths = plain.map((attribute) => displayWidth(attributeName(attribute)));
  const column = Math.min(NAME_WIDTH, Math.max(0, ...widths));
  return [
    ...[...forcing, ...others].map((attribute) => plainRow(attribute, indent, column, detail)),
    ...memberRows(attributes, indent, detail),
  ];
}

/** One member of a set: `+ ingress tcp/22 from 203.0.113.0/24`. */
export function memberRow(
  attribute: AttributeChange,
  label: string,
  indent: number,
  detail: Detail,
): Row {
  const text = span(memberText(attribute, label, detail));
  return hanging(indent, [symbolOf(attribute)], text, ...consequence(attribute));
}

function plainRow(attribute: AttributeChange, indent: number, column: number, detail: Detail): Row {
  const name = span(`${padTo(attributeName(attribute), column)}  `);
  const value = span(attributeValue(attribute, detail));
  return hanging(indent, [symbolOf(attribute), name], value, ...consequence(attribute));
}

function memberRows(
  attributes: readonly AttributeChange[],
  indent: number,
  detail: Detail,
): readonly Row[] {
  const sets = new Set(attributes.filter(isMember).map((attribute) => attribute.path[0] ?? ""));
  return [...sets].flatMap((set) =>
    KINDS.flatMap((kind) => {
      const members = attributes
        .filter(isMember)
        .filter((attribute) => attribute.kind === kind && (attribute.path[0] ?? "") === set);
      return foldedMembers(members, set, indent, detail);
    }),
  );
}

function foldedMembers(
  members: readonly Member[],
  set: string,
  indent: number,
  detail: Detail,
): readonly Row[] {
  const whole = detail.verbose || members.length <= MEMBERS.whole;
  const shown = whole ? members : members.slice(0, MEMBERS.first);
  const rows = shown.map((member) => memberRow(member, member.label, indent, detail));
  const [first] = members;
  if (whole || first === undefined) return rows;
  const more = `${members.length - shown.length} more ${set}, --verbose shows them`;
  return [...rows, line(indent, symbolOf(first), span(more, "dim"))];
}

type Member = AttributeChange & { readonly label: string };

function isMember(attribute: AttributeChange): attribute is Member {
  return attribute.label !== undefined;
}

function symbolOf(attribute: AttributeChange): Segment {
  const { symbol, tone } = attributeStyle(attribute.kind);
  return span(`${symbol} `, tone);
}

function consequence(attribute: AttributeChange): readonly Segment[] {
  return attribute.forcesReplacement ? [span("  # forces replacement", "replace")] : [];
}
