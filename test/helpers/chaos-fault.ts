import { createHash } from "node:crypto";

/** What a bad network, or a gateway under load, does to one request. */
export type Fault =
  | { readonly kind: "none" }
  | {
      readonly kind: "refusal";
      readonly status: 429 | 503;
      readonly retryAfter?: string;
      /** Whether the cloud has done the work all the same. */
      readonly reached: boolean;
    }
  | { readonly kind: "cut"; readonly reached: boolean }
  | { readonly kind: "truncation" }
  | { readonly kind: "delay"; readonly milliseconds: number };

/** The upper end of each fault's share of all requests; a third are refused. */
const SHARES: readonly (readonly [number, Fault])[] = [
  [0.07, { kind: "refusal", status: 429, retryAfter: "1", reached: false }],
  [0.14, { kind: "refusal", status: 429, reached: false }],
  [0.2, { kind: "refusal", status: 503, retryAfter: "2", reached: false }],
  [0.27, { kind: "refusal", status: 503, reached: false }],
  [0.34, { kind: "refusal", status: 503, reached: true }],
  [0.39, { kind: "cut", reached: false }],
  [0.45, { kind: "cut", reached: true }],
  [0.5, { kind: "truncation" }],
  [0.58, { kind: "delay", milliseconds: 15 }],
  [0.64, { kind: "delay", milliseconds: 60 }],
];

/** The same for the same seed, request and attempt, whatever else goes on. */
export function faultOf(seed: number, request: string, attempt: number): Fault {
  const digest = createHash("sha256").update(`${seed} ${request} ${attempt}`).digest();
  const share = digest.readUInt32BE() / 2 ** 32;
  return SHARES.find(([end]) => share < end)?.[1] ?? { kind: "none" };
}

/** In a word or two, for the record. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "refusal":
      return `${fault.status}${fault.reached ? " after" : " before"}`;
    case "cut":
      return `cut ${fault.reached ? "after" : "before"}`;
    default:
      return fault.kind;
  }
}
