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
  /** Changes that were not started because the run was interrupted, or the cloud was gone. */
  readonly notStarted: readonly Address[];
  /** Nothing more was started because the cloud could not be reached any more. */
  readonly isUnreachable?: true;
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
  return outcome.failures.length > 0 && isSomethingDone(outcome);
}

/** Whether any change was made, if only in the cloud. */
export function isSomethingDone(outcome: Pick<Outcome, "counts" | "failures">): boolean {
  const { counts } = outcome;
  return undeliveredCount(outcome) > 0 || Object.values(counts).some((count) => count > 0);
}
