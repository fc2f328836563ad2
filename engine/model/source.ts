/** A file of the configuration, decoded as UTF-8. */
export interface SourceFile {
  /** Relative to the configuration's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Lines that hold a secret, from 1: no message quotes them. */
  readonly secretLines?: ReadonlySet<number> | "all";
}

/** A place in a file. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From the first character of something to the one after its last. */
export interface SourceRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** The line of a place in a text, from 1; the offset counts UTF-16 code units from 0. */
export function lineNumberAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** `web.yaml:4:7`, which terminals and editors open. */
export function formatRange(range: SourceRange): string {
  return `${range.file}:${range.start.line}:${range.start.column}`;
}

/** Whether two ranges have a character in common. */
export function overlap(a: SourceRange, b: SourceRange): boolean {
  return a.file === b.file && isBefore(a.start, b.end) && isBefore(b.start, a.end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** The ranges of a declaration's parts by JSON pointer; `""` is the declaration itself. */
export type SourceMap = ReadonlyMap<string, SourceRange>;

/** The range of a pointer, or of the nearest part around it that has one. */
export function locate(ranges: SourceMap, pointer: string): SourceRange | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const range = ranges.get(at);
    if (range || at === "") return range;
  }
}
