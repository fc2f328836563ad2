import { layoutLines } from "./layout.js";
import type { Row } from "./row.js";
import { paint } from "./tones.js";

export interface PlainTextOptions {
  /** Columns to fit; Infinity leaves every row on one line, as programs that read it want. */
  readonly width: number;
  readonly color: boolean;
}

/** Rows as text, each line ended by a newline: for pipes, CI and terminals that cannot draw. */
export function plainText(rows: readonly Row[], options: PlainTextOptions): string {
  return layoutLines(rows, options.width)
    .map(({ segments }) => {
      const parts = segments.map(({ text, tone }) => (options.color ? paint(text, tone) : text));
      return `${parts.join("")}\n`;
    })
    .join("");
}

/** Each row as text, in full width and without color: to be kept. */
export function rowTexts(rows: readonly Row[]): readonly string[] {
  return plainText(rows, { width: Number.POSITIVE_INFINITY, color: false }).trimEnd().split("\n");
}
