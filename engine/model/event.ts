import type { Address } from "./address.js";
import type { Action } from "./plan.js";

/** What happens while a plan is applied; `at` is the clock's time in milliseconds. */
export type ApplyEvent =
  | { readonly kind: "began"; readonly at: number; readonly total: number }
  | {
      readonly kind: "started";
      readonly at: number;
      readonly address: Address;
      readonly action: Action;
    }
  | {
      readonly kind: "progress";
      readonly at: number;
      readonly address: Address;
      readonly message: string;
    }
  | {
      readonly kind: "succeeded";
      readonly at: number;
      readonly address: Address;
      readonly action: Action;
      readonly notes: readonly string[];
      /** Milliseconds since it started. */
      readonly elapsed: number;
    }
  | {
      readonly kind: "failed";
      readonly at: number;
      readonly address: Address;
      readonly action: Action;
      readonly error: Error;
      readonly elapsed: number;
    }
  | {
      readonly kind: "skipped";
      readonly at: number;
      readonly address: Address;
      readonly action: Action;
      /** The failed change it depends on. */
      readonly because: Address;
    }
  | { readonly kind: "ended"; readonly at: number; readonly elapsed: number };
