import type { Address } from "./address.js";
import { UndeliveredError } from "./errors.js";
import type { Summary } from "./plan.js";

/** What came of applying a plan. */
export interface Outcome {
  /** Changes that were made, by action. */
  readonly counts: Summary;
  readonly failures: readonly { readonly address: Address; readonly error: Error }[];
  /** Changes that were not tried because one they depend on failed. */
  readonly skipped: readonly Address[];
  /** Changes that were not started because the run was interrupted. */
  readonly notStarted: readonly Address[];
  /** What the user should know, such as where a private key is. */
  readonly notes: readonly { readonly address: Address; readonly note: string }[];
  /** Milliseconds. */
  readonly elapsed: number;
}

/** How many things the cloud has whose secrets the next apply is to deliver. */
export function undeliveredCount({ failures }: Pick<Outcome, "failures">): number {
  return failures.filter(({ error }) => error instanceof UndeliveredError).length;
}

/** Whether something was done, though not all. */
export function isInPart(outcome: Pick<Outcome, "counts" | "failures">): boolean {
  const { counts, failures } = outcome;
  if (failures.length === 0) return false;
  return undeliveredCount(outcome) > 0 || Object.values(counts).some((count) => count > 0);
}
