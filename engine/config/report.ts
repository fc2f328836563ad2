import { compareTexts } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";

/** Takes a mistake. */
export type Report = (diagnostic: Diagnostic) => void;

/** Sorted by file, line and column; each mistake once, however many instances it shows in. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics].sort(compareDiagnostics).filter((diagnostic) => {
    const { code, summary, range } = diagnostic;
    const key = JSON.stringify([code, summary, range]);
    return !seen.has(key) && seen.add(key);
  });
}

function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareTexts(a.range?.file ?? "", b.range?.file ?? "") ||
    (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
    (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
    compareTexts(a.code, b.code) ||
    compareTexts(a.summary, b.summary)
  );
}

/** A text in quotes, shortened, with control characters made visible. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** `"a", "b" or "c"`; the first of very many. */
export function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 20).map(quote);
  return texts.length > shown.length ? `${shown.join(", ")}, ...` : alternatives(shown);
}

/** `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  const others = words.slice(0, -1).join(", ");
  const last = words.at(-1) ?? "";
  return others === "" ? last : `${others} or ${last}`;
}
