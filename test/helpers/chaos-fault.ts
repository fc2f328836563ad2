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
  /** 429 with no word on when to come again. */
  | { readonly kind: "rate" }
  | { readonly kind: "cut"; readonly reached: boolean }
  | { readonly kind: "truncation" }
  /** Half an answer, framed as though it were all. */
  | { readonly kind: "half" }
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** No answer for as long as the client waits. */
  | { readonly kind: "silence"; readonly reached: boolean }
  /** The connection is cut, and the request takes effect when it is sent again, or after the command. */
  | { readonly kind: "late" };

/** The client's time limit in seconds: longer than every delay, shorter than a silence. */
export const TIMEOUT_SECONDS = 4;

/** The upper end of each fault's share of all requests; a third are refused. */
const SHARES: readonly (readonly [number, Fault])[] = [
  [0.07, { kind: "refusal", status: 429, retryAfter: "1", reached: false }],
  [0.14, { kind: "refusal", status: 429, reached: false }],
  [0.2, { kind: "refusal", status: 503, retryAfter: "2", reached: false }],
  [0.27, { kind: "refusal", status: 503, reached: false }],
  [0.34, { kind: "refusal", status: 503, reached: true }],
  [0.38, { kind: "cut", reached: false }],
  [0.43, { kind: "cut", reached: true }],
  [0.45, { kind: "truncation" }],
  [0.47, { kind: "half" }],
  [0.51, { kind: "late" }],
  [0.515, { kind: "silence", reached: false }],
  [0.52, { kind: "silence", reached: true }],
  [0.57, { kind: "delay", milliseconds: 60 }],
  [0.6, { kind: "delay", milliseconds: 1000 }],
  [0.62, { kind: "delay", milliseconds: 2000 }],
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
    case "rate":
      return "429 for the rate";
    case "cut":
    case "silence":
      return `${fault.kind} ${fault.reached ? "after" : "before"}`;
    case "delay":
      return `delay of ${fault.milliseconds} ms`;
    default:
      return fault.kind;
  }
}
