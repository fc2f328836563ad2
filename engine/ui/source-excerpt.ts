import type { SourceFile, SourceRange } from "../model/source.js";
import { harmless } from "./harmless.js";
import { hanging, line, type Row, span, type Tone } from "./row.js";
import { displayWidth } from "./width.js";

/** Columns of source that are shown of a line. */
const VISIBLE = 70;
const TAB = "    ";

/** `--> web.yaml:4:7`, then the line with carets under the range, where the file is at hand and the line no secret. */
export function excerptRows(
  range: SourceRange,
  files: readonly SourceFile[],
  tone: Tone,
): readonly Row[] {
  const { file, start } = range;
  const number = String(start.line);
  const edge = " ".repeat(number.length);
  const place = line(0, span(`${edge}--> `, "note"), span(`${file}:${number}:${start.column}`));
  const text = lineOf(files, range);
  if (text === undefined) return [place];
  const { shown, blanks, carets } = underlined(text, range);
  const bar = (label: string) => [span(`${label} | `, "note")];
  return [
    place,
    hanging(0, [...bar(number), span(shown)]),
    hanging(0, [...bar(edge), span(" ".repeat(blanks)), span("^".repeat(carets), tone)]),
  ];
}

function lineOf(files: readonly SourceFile[], range: SourceRange): string | undefined {
  const file = files.find(({ path }) => path === range.file);
  if (file?.secretLines === "all" || file?.secretLines?.has(range.start.line)) return undefined;
  const found = file?.text.split(/\r\n|\n|\r/u)[range.start.line - 1];
  return found === undefined || found.trim() === "" ? undefined : found;
}

interface Underlined {
  readonly shown: string;
  /** Columns before the carets. */
  readonly blanks: number;
  readonly carets: number;
}

/** The part of a line round the range; tabs are blanks, and each character keeps its width. */
function underlined(text: string, { start, end }: SourceRange): Underlined {
  const from = Math.min(start.column - 1, text.length);
  const to = end.line === start.line ? Math.min(end.column - 1, text.length) : text.length;
  const before = visible(text.slice(0, from));
  const inside = visible(text.slice(from, to));
  const after = visible(text.slice(to));
  const [head, skipped] = keepEnd(before, VISIBLE - Math.min(displayWidth(inside), VISIBLE / 2));
  const mark = skipped ? "…" : "";
  const room = VISIBLE - displayWidth(mark + head);
  const middle = keepStart(inside, room);
  const tail = keepStart(after, room - displayWidth(middle));
  return {
    shown: `${mark}${head}${middle}${tail}`,
    blanks: displayWidth(mark + head),
    carets: Math.max(1, displayWidth(middle)),
  };
}

function visible(text: string): string {
  return harmless(text.replaceAll("\t", TAB));
}

function keepStart(text: string, room: number): string {
  if (displayWidth(text) <= room) return text;
  const kept = takeWhileFits([...text], room - 1);
  return room < 1 ? "" : `${kept.join("")}…`;
}

function keepEnd(text: string, room: number): readonly [string, boolean] {
  if (displayWidth(text) <= room) return [text, false];
  return [
    takeWhileFits([...text].reverse(), room - 1)
      .reverse()
      .join(""),
    true,
  ];
}

function takeWhileFits(characters: readonly string[], room: number): string[] {
  const kept: string[] = [];
  let width = 0;
  for (const character of characters) {
    width += displayWidth(character);
    if (width > room) break;
    kept.push(character);
  }
  return kept;
}
