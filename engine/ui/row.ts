import { harmless } from "./harmless.js";

/** What a piece of text means; each view decides how that looks. */
export type Tone =
  | "plain"
  | "dim"
  | "strong"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "import"
  | "forget"
  | "error"
  | "warning"
  | "note";

/** A piece of a row. Made by {@link span} only, so that its text is harmless. */
export interface Segment {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of a picture before it is fitted to a width. */
export interface Row {
  /** Blanks before it. */
  readonly indent: number;
  /** Never broken; what follows is aligned behind it. */
  readonly lead: readonly Segment[];
  /** Broken at blanks where it is too long, words of tone `strong` never inside. */
  readonly body: readonly Segment[];
  /** Rows of the headline; drawn in a box of this tone where boxes can be drawn. */
  readonly frame?: Tone;
}

export const BLANK: Row = { indent: 0, lead: [], body: [] };

/** The only maker of segments: nothing gets to a terminal but through here. */
export function span(text: string, tone: Tone = "plain"): Segment {
  return { text: harmless(text), tone };
}

/** A row without lead. */
export function line(indent: number, ...body: readonly Segment[]): Row {
  return { indent, lead: [], body };
}

/** A row whose body hangs behind its lead. */
export function hanging(
  indent: number,
  lead: readonly Segment[],
  ...body: readonly Segment[]
): Row {
  return { indent, lead, body };
}

/** The parts with ` · ` between them. */
export function joined(parts: readonly (readonly Segment[])[]): readonly Segment[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [span(" · ", "dim"), ...part]));
}

/** The sections that have rows, with an empty row between them. */
export function stacked(sections: readonly (readonly Row[])[]): readonly Row[] {
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, index) => (index === 0 ? section : [BLANK, ...section]));
}
