import { formatAddress } from "../model/address.js";
import type { Diagnostic, RelatedPlace } from "../model/diagnostic.js";
import { formatRange, type SourceFile } from "../model/source.js";
import { hanging, line, type Row, span, stacked, type Tone } from "./row.js";
import { excerptRows } from "./source-excerpt.js";

/** Each diagnostic as compilers show it: what, where with a caret, expected and got, remedy. */
export function diagnosticRows(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): readonly Row[] {
  return stacked(diagnostics.map((diagnostic) => oneDiagnostic(diagnostic, files)));
}

/** What and where, on one row: of many diagnostics nobody reads more. */
export function briefDiagnosticRow(diagnostic: Diagnostic): Row {
  const { range } = diagnostic;
  const place = range ? [span(`  ${formatRange(range)}`, "dim")] : [];
  const { lead, body } = titleRow(diagnostic);
  return hanging(0, lead, ...body, ...place);
}

/** `2 errors, 1 warning`; empty where there is none. */
export function diagnosticCounts(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic["severity"]) => {
    const { length } = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    return length === 0 ? [] : [`${length} ${severity}${length === 1 ? "" : "s"}`];
  };
  return [...count("error"), ...count("warning")].join(", ");
}

function oneDiagnostic(diagnostic: Diagnostic, files: readonly SourceFile[]): readonly Row[] {
  const { severity, range, related = [] } = diagnostic;
  return [
    titleRow(diagnostic),
    ...(range ? excerptRows(range, files, severity) : []),
    ...note("expected", diagnostic.expected),
    ...note("got", diagnostic.actual),
    ...note("because", diagnostic.detail),
    ...related.flatMap((place) => relatedRows(place, files)),
    ...note("help", diagnostic.help, "create"),
  ];
}

function titleRow({ severity, code, summary, address }: Diagnostic): Row {
  const where = address ? [span("  "), span(formatAddress(address), "strong")] : [];
  return hanging(0, [span(`${severity}[${code}]: `, severity)], span(summary), ...where);
}

function relatedRows(place: RelatedPlace, files: readonly SourceFile[]): readonly Row[] {
  return [
    ...note("note", place.message),
    ...(place.range ? excerptRows(place.range, files, "note") : []),
  ];
}

function note(label: string, text: string | undefined, tone: Tone = "note"): readonly Row[] {
  if (text === undefined) return [];
  return text
    .split("\n")
    .map((part, index) =>
      index === 0
        ? hanging(2, [span("= ", "note"), span(`${label}: `, tone)], span(part))
        : line(4, span(part)),
    );
}
