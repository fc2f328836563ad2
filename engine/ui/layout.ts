import type { Row, Segment, Tone } from "./row.js";
import { displayWidth, splitAtWidth } from "./width.js";

/** One line that fits its width, a word too long for any line excepted. */
export interface Line {
  readonly segments: readonly Segment[];
  readonly frame?: Tone;
}

/** Fits rows to a width in columns: long bodies go on behind their lead. */
export function layoutLines(rows: readonly Row[], width: number): readonly Line[] {
  return rows.flatMap((row) => {
    const frame = row.frame === undefined ? {} : { frame: row.frame };
    return fitRow(row, width).map((segments) => ({ segments, ...frame }));
  });
}

interface Word {
  readonly segments: readonly Segment[];
  readonly width: number;
  readonly blank: boolean;
}

function fitRow(row: Row, width: number): readonly (readonly Segment[])[] {
  const hang = row.indent + widthOf(row.lead);
  const room = Math.max(width - hang, Math.min(width, 20));
  const bodies = fill(wordsOf(row.body), room);
  const first = [...blanks(row.indent), ...row.lead, ...(bodies[0] ?? [])];
  return [trimEnd(first), ...bodies.slice(1).map((body) => [...blanks(hang), ...trimEnd(body)])];
}

function fill(words: readonly Word[], room: number): readonly (readonly Segment[])[] {
  const lines: Segment[][] = [];
  let current: Segment[] = [];
  let used = 0;
  const flush = () => {
    lines.push(current);
    current = [];
    used = 0;
  };
  for (const word of words.flatMap((it) => breakWord(it, room))) {
    if (used + word.width > room && used > 0) {
      flush();
      if (word.blank) continue;
    }
    if (word.blank && used === 0 && lines.length > 0) continue;
    current.push(...word.segments);
    used += word.width;
  }
  if (current.length > 0) flush();
  return lines;
}

/** Runs of blanks and runs of other characters, the latter across segments. */
function wordsOf(body: readonly Segment[]): readonly Word[] {
  const words: Word[] = [];
  for (const { text, tone } of body) {
    for (const [part] of text.matchAll(/ +|[^ ]+/gu)) {
      const blank = part.startsWith(" ");
      const last = words.at(-1);
      const piece = { text: part, tone };
      if (last && !blank && !last.blank) {
        words[words.length - 1] = makeWord([...last.segments, piece], false);
      } else words.push(makeWord([piece], blank));
    }
  }
  return words;
}

function makeWord(segments: readonly Segment[], blank: boolean): Word {
  return { segments, width: widthOf(segments), blank };
}

/** Pieces of a word that is longer than a line; addresses, which people copy, stay whole. */
function breakWord(word: Word, room: number): readonly Word[] {
  const whole = word.segments.some((segment) => segment.tone === "strong");
  if (whole || word.width <= room) return [word];
  return word.segments.flatMap(({ text, tone }) => {
    const pieces: Word[] = [];
    for (let rest = text; rest !== ""; ) {
      const [head, tail] = splitAtWidth(rest, room);
      pieces.push(makeWord([{ text: head, tone }], false));
      rest = tail;
    }
    return pieces;
  });
}

function trimEnd(segments: readonly Segment[]): readonly Segment[] {
  const last = segments.at(-1);
  if (!last?.text.endsWith(" ")) return segments;
  const text = last.text.trimEnd();
  const rest = segments.slice(0, -1);
  return text === "" ? trimEnd(rest) : [...rest, { ...last, text }];
}

function blanks(count: number): readonly Segment[] {
  return count > 0 ? [{ text: " ".repeat(count), tone: "plain" }] : [];
}

function widthOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + displayWidth(segment.text), 0);
}
