import { formatAddress } from "../model/address.js";
import type { AttributeChange } from "../model/plan.js";
import type { SourceRange } from "../model/source.js";
import { attributeStyle } from "./action-style.js";
import { attributeName, attributeValue, type Detail, memberText } from "./attribute-text.js";
import { exposureSegments } from "./exposure-text.js";
import { type Member, membersOf } from "./members.js";
import { hanging, line, type Row, type Segment, span } from "./row.js";
import { displayWidth, padTo } from "./width.js";

/** Members of one set and kind that are shown whole; of more, the first few. */
const MEMBERS = { whole: 10, first: 7 } as const;
/** The widest name that others are aligned to. */
const NAME_WIDTH = 24;
const KINDS = ["change", "add", "remove"] as const;

/** How attributes are shown. */
export interface AttributeRowsOptions extends Detail {
  /** The place that the row above names; a row whose line is another one names its own. */
  readonly near?: SourceRange;
}

/** Attributes as aligned rows, then the members of sets. */
export function attributeRows(
  attributes: readonly AttributeChange[],
  indent: number,
  options: AttributeRowsOptions,
): readonly Row[] {
  const plain = attributes.filter((attribute) => attribute.label === undefined);
  const forcing = plain.filter((attribute) => attribute.forcesReplacement);
  const others = plain.filter((attribute) => !attribute.forcesReplacement);
  const widths = plain.map((attribute) => displayWidth(attributeName(attribute)));
  const column = Math.min(NAME_WIDTH, Math.max(0, ...widths));
  return [
    ...[...forcing, ...others].map((attribute) => plainRow(attribute, indent, column, options)),
    ...memberRows(attributes, indent, options),
  ];
}

function plainRow(
  attribute: AttributeChange,
  indent: number,
  column: number,
  options: AttributeRowsOptions,
): Row {
  const name = span(`${padTo(attributeName(attribute), column)}  `);
  const value = span(attributeValue(attribute, options));
  return hanging(indent, [symbolOf(attribute), name], value, ...asides(attribute, options));
}

function memberRows(
  attributes: readonly AttributeChange[],
  indent: number,
  options: AttributeRowsOptions,
): readonly Row[] {
  const members = membersOf(attributes);
  const sets = new Set(attributes.map((attribute) => setOf(attribute)));
  return [...sets].flatMap((set) =>
    KINDS.flatMap((kind) => {
      const alike = members.filter(
        (it) => it.attribute.kind === kind && setOf(it.attribute) === set,
      );
      return foldedMembers(alike, indent, options);
    }),
  );
}

/** Of many members the first few, and all that open something to everybody. */
function foldedMembers(
  members: readonly Member[],
  indent: number,
  options: AttributeRowsOptions,
): readonly Row[] {
  const whole = options.verbose || members.length <= MEMBERS.whole;
  const shown = whole
    ? members
    : members.filter(({ exposes }, index) => exposes !== undefined || index < MEMBERS.first);
  const rows = shown.map((member) => memberRow(member, indent, options));
  const [first] = members;
  const rest = members.length - shown.length;
  if (rest === 0 || first === undefined) return rows;
  const more = `${rest} more ${setOf(first.attribute)}, --verbose shows them`;
  return [...rows, line(indent, symbolOf(first.attribute), span(more, "dim"))];
}

/** One member of a set: `+ ingress tcp/22 from 203.0.113.0/24`. */
function memberRow(member: Member, indent: number, options: AttributeRowsOptions): Row {
  const { attribute, text, exposes } = member;
  const words = span(memberText(attribute, text, options));
  const said = [words, ...exposureSegments(exposes), ...asides(attribute, options)];
  return hanging(indent, [symbolOf(attribute)], ...said);
}

function setOf(attribute: AttributeChange): string {
  return attribute.path[0] ?? "";
}

function symbolOf(attribute: AttributeChange): Segment {
  const { symbol, tone } = attributeStyle(attribute.kind);
  return span(`${symbol} `, tone);
}

/** What follows from a difference, and where it is declared. */
function asides(
  { forcesReplacement, goesWith, range }: AttributeChange,
  { near }: AttributeRowsOptions,
): readonly Segment[] {
  const said = [
    ...(forcesReplacement ? [span("  # forces replacement", "replace")] : []),
    ...(goesWith ? [span(`  # goes with ${formatAddress(goesWith)}`, "dim")] : []),
  ];
  if (!range || !near || isSameLine(range, near)) return said;
  return [...said, span(`  ${range.file}:${range.start.line}`, "dim")];
}

function isSameLine(a: SourceRange, b: SourceRange): boolean {
  return a.file === b.file && a.start.line === b.start.line;
}
