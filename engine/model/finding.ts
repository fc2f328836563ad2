import type { ErrorCode } from "./errors.js";
import type { JsonObject } from "./value.js";

/** What one step of a diagnosis found. Never holds a secret. */
export interface Finding {
  /** What was looked at: `settings`, `log-in`. Stable, for programs. */
  readonly step: string;
  readonly status: "ok" | "warning" | "failed";
  /** One line, no full stop. */
  readonly summary: string;
  /** Details by name, in the order to be shown. */
  readonly facts: JsonObject;
  /** The remedy, as an imperative. */
  readonly help?: string;
  /** Why it failed. */
  readonly code?: ErrorCode;
}
