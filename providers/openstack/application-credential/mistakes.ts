import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { DiagnosticCode } from "../../../engine/model/diagnostic-codes.js";

type Rest = Omit<Diagnostic, "severity" | "code" | "pointer" | "summary">;

/** Collects what is wrong with one declaration, so that all of it is told at once. */
export class Mistakes {
  readonly #found: Diagnostic[] = [];

  get found(): readonly Diagnostic[] {
    return this.#found;
  }

  /** A mistake that is a diagnostic already. */
  report(diagnostic: Diagnostic): void {
    this.#found.push(diagnostic);
  }

  /** Something that must be mended; `pointer` is its place in the body. */
  error(code: DiagnosticCode, pointer: string, summary: string, rest: Rest = {}): void {
    this.#found.push({ severity: "error", code, pointer, summary, ...rest });
  }

  /** Something that is allowed and probably not meant. */
  warn(code: DiagnosticCode, pointer: string, summary: string, rest: Rest = {}): void {
    this.#found.push({ severity: "warning", code, pointer, summary, ...rest });
  }
}
