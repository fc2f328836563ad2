import type { Change } from "../model/plan.js";

/** A change that does something. */
export type RealChange = Exclude<Change, { readonly action: "no-op" }>;

/**
 * One call of a provider.
 * - `make`: create it, without what is deferred.
 * - `change`: change what exists, but for what is deferred.
 * - `settle`: write what is deferred, once everything it refers to is made.
 * - `adopt`: record what exists already.
 * - `lose`: record what the cloud has removed with something else.
 */
export type StepKind = "make" | "change" | "settle" | "adopt" | "lose" | "delete" | "forget";

export interface Step {
  /** `KIND ADDRESS`. */
  readonly key: string;
  readonly kind: StepKind;
  readonly change: RealChange;
  /** The steps that must have succeeded before. */
  readonly after: readonly string[];
  /** The steps that come before wherever that makes no circle. */
  readonly preferablyAfter: readonly string[];
}

export function stepKey(kind: StepKind, address: string): string {
  return `${kind} ${address}`;
}
