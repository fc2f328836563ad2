import type { Diagnostic } from "../../../engine/model/diagnostic.js";

/** A diagnostic before it is known how bad it is. */
export type Finding = Omit<Diagnostic, "severity">;

/** Collects what is wrong with one declaration, so that all of it is told at once. */
export class Findings {
  readonly #found: Diagnostic[] = [];

  error(finding: Finding): undefined {
    this.#found.push({ severity: "error", ...finding });
  }

  warn(finding: Finding): void {
    this.#found.push({ severity: "warning", ...finding });
  }

  get all(): readonly Diagnostic[] {
    return this.#found;
  }
}
