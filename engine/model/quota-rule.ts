import type { Change } from "./plan.js";

/** How a type counts what a change does, by what is counted: `{ "security group rules": 12 }`. Pure. */
export interface QuotaCount {
  /** How many more there will be at the most while it is carried out. `isMade`: what a creation begins with is done already. */
  needs(change: Change, isMade: boolean): Readonly<Record<string, number>>;
  /** How many go while it is carried out, of those that were there and of those that are needed only meanwhile. */
  frees(change: Change): Readonly<Record<string, number>>;
}

/** What a type knows of the cloud's limits. `room` and `inCloud` are one request each. */
export interface QuotaRule<Cloud = unknown> extends QuotaCount {
  /** The count with what this very cloud adds to what is made; absent where clouds add nothing. Asked where `room` is. */
  inCloud?(cloud: Cloud): Promise<QuotaCount>;
  /** What the cloud's limits leave, by what is counted; without what the cloud does not tell. */
  room(cloud: Cloud, existing: number): Promise<Readonly<Record<string, Room>>>;
}

export interface Room {
  /** Infinity where there is none. */
  readonly limit: number;
  readonly left: number;
}
