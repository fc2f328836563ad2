import type { Position, SourceFile, SourceRange } from "../model/source.js";

/** A file's text that turns offsets into places. */
export class SourceText {
  readonly #lineStarts: readonly number[];

  constructor(readonly file: SourceFile) {
    const starts = [0];
    for (let at = file.text.indexOf("\n"); at >= 0; at = file.text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    this.#lineStarts = starts;
  }

  get text(): string {
    return this.file.text;
  }

  /** The place between two offsets. */
  range(start: number, end: number): SourceRange {
    return { file: this.file.path, start: this.#position(start), end: this.#position(end) };
  }

  /** The text of the line that holds an offset. */
  lineAt(offset: number): string {
    const { line } = this.#position(offset);
    return this.text.slice(this.#lineStarts[line - 1], this.#lineStarts[line] ?? this.text.length);
  }

  #position(offset: number): Position {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

/** From the first character of something to the one after its last. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

export function rangeOf(span: Span): SourceRange {
  return span.source.range(span.start, span.end);
}
