import type { Address } from "./address.js";
import type { DiagnosticCode } from "./diagnostic-codes.js";
import { locate, type SourceMap, type SourceRange } from "./source.js";

/** Something a user should know or mend: a value, collected, never thrown. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Stable; {@link DIAGNOSTIC_CODES} documents each. */
  readonly code: DiagnosticCode;
  /** One line, no full stop. */
  readonly summary: string;
  /** Why, where the summary is not enough. */
  readonly detail?: string;
  readonly address?: Address;
  /** JSON pointer inside the declaration; gives the range where there is none. */
  readonly pointer?: string;
  readonly range?: SourceRange;
  /** Further places, such as the other of two equal rules. */
  readonly related?: readonly RelatedPlace[];
  /** What stands there. */
  readonly actual?: string;
  /** What may stand there. */
  readonly expected?: string;
  /** The remedy, as an imperative. */
  readonly help?: string;
}

export interface RelatedPlace {
  readonly message: string;
  readonly pointer?: string;
  readonly range?: SourceRange;
}

/** The diagnostic with its pointers turned into places of the file. */
export function placed(diagnostic: Diagnostic, address: Address, ranges: SourceMap): Diagnostic {
  const rangeOf = (pointer: string | undefined) => locate(ranges, pointer ?? "");
  const range = diagnostic.range ?? rangeOf(diagnostic.pointer);
  const related = diagnostic.related?.map((place) => {
    const at = place.range ?? rangeOf(place.pointer);
    return at ? { ...place, range: at } : place;
  });
  return {
    ...diagnostic,
    address: diagnostic.address ?? address,
    ...(range && { range }),
    ...(related && { related }),
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
