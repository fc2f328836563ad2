import fc from "fast-check";
import {
  arbitraryConfiguration,
  type ConfigurationMeaning,
} from "../helpers/arbitrary-configuration.js";

/** The life of one configuration: it is applied, edited, disturbed, applied again. */
export interface Life {
  readonly store: "file" | "memory";
  readonly parallelism: number;
  /** Of a cloud that allows little; absent: it has no limits. */
  readonly quotas?: Quotas;
  readonly steps: readonly Step[];
  /** Whether everything is destroyed at the end. */
  readonly destroy: boolean;
}

interface Quotas {
  readonly keyPairs: number;
  readonly securityGroups: number;
  readonly securityGroupRules: number;
}

export interface Step {
  /** What parts of the configuration are taken from. */
  readonly wanted: ConfigurationMeaning;
  /** Which parts these are: a bit for each. */
  readonly taken: number;
  /** The seed of the spelling. */
  readonly spelling: number;
  /** Hours that pass before. */
  readonly hours: number;
  /** What somebody does by hand before, where nothing is half done. */
  readonly byHand: readonly HandChange[];
  /** What disturbs the attempts. */
  readonly troubles: readonly Trouble[];
  /** Whether there is no further attempt, undisturbed, before the next step. */
  readonly givesUp: boolean;
}

/** Something done to what is managed, or beside it; `which` chooses among all there are. */
export interface HandChange {
  readonly kind: (typeof HAND_CHANGES)[number];
  readonly which: number;
}

const HAND_CHANGES = [
  "delete-group",
  "delete-rule",
  "add-rule",
  "describe-group",
  "tag-group",
  "namesake-group",
  "delete-key-pair",
  "exchange-key-pair",
  "delete-credential",
  "delete-address-group",
  "change-addresses",
] as const;

/** What happens at some moment of an attempt, the moments being counted from 0. */
export type Trouble =
  /** Requests are refused, or their answers lost. Moments are requests. */
  | {
      readonly kind: "fault";
      readonly fault: Fault;
      readonly at: number;
      readonly times: number;
      /** Whether only what changes something counts. */
      readonly writes: boolean;
    }
  /** The process is killed. Moments are requests, answers, and writes to the state and to files. */
  | { readonly kind: "kill"; readonly at: number }
  /** Somebody presses Ctrl-C. Moments are requests. */
  | { readonly kind: "interrupt"; readonly at: number };

export type Fault =
  | { readonly kind: "refusal"; readonly status: number }
  /** The request takes effect, and the answer says that it did not. */
  | { readonly kind: "loss"; readonly status: number }
  | { readonly kind: "cut"; readonly moment: "before" | "after" };

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant("refusal" as const),
    status: fc.constantFrom(400, 403, 409, 413, 429, 500, 503),
  }),
  fc.record({ kind: fc.constant("loss" as const), status: fc.constantFrom(500, 502, 503, 504) }),
  fc.record({ kind: fc.constant("cut" as const), moment: fc.constantFrom("before", "after") }),
);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      fault,
      at: fc.nat(12),
      times: fc.constantFrom(1, 1, 2, 5, 6),
      writes: fc.constantFrom(true, true, false),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("kill" as const), at: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("interrupt" as const), at: fc.nat(12) }) },
);

const step: fc.Arbitrary<Step> = fc.record({
  wanted: arbitraryConfiguration,
  taken: fc.oneof(fc.constantFrom(0, 2 ** 20 - 1), fc.nat(2 ** 20 - 1)),
  spelling: fc.nat(2 ** 31),
  hours: fc.constantFrom(0, 0, 0, 2, 48),
  byHand: fc.array(fc.record({ kind: fc.constantFrom(...HAND_CHANGES), which: fc.nat(99) }), {
    maxLength: 2,
  }),
  troubles: fc.array(trouble, { maxLength: 2 }),
  givesUp: fc.constantFrom(false, false, true),
});

const quotas: fc.Arbitrary<Quotas> = fc.record({
  keyPairs: fc.nat(2),
  securityGroups: fc.integer({ min: 1, max: 4 }),
  securityGroupRules: fc.integer({ min: 4, max: 20 }),
});

/** Any life. */
export const arbitraryLife: fc.Arbitrary<Life> = fc
  .record({
    store: fc.constantFrom("file" as const, "memory" as const),
    parallelism: fc.constantFrom(1, 4, 10),
    quotas: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: quotas },
    ),
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    destroy: fc.boolean(),
  })
  .map(({ quotas: limits, ...life }) => ({ ...life, ...(limits && { quotas: limits }) }));
