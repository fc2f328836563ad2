import type { Change } from "./plan.js";

/** What a type knows of the cloud's limits. `needs` is pure; `room` and `inCloud` are one request each. */
export interface QuotaRule<Cloud = unknown> {
  /**
   * How many more there will be at the most while a change is carried out, by what is counted:
   * `{ "security group rules": 12 }`. `isMade`: what a creation begins with is done already.
   */
  needs(change: Change, isMade: boolean): Readonly<Record<string, number>>;
  /** The needs with what this very cloud adds to what is made; absent where clouds add nothing. Asked where `room` is. */
  inCloud?(cloud: Cloud): Promise<Pick<QuotaRule, "needs">>;
  /** What the cloud's limits leave, by what is counted; without what the cloud does not tell. */
  room(cloud: Cloud, existing: number): Promise<Readonly<Record<string, Room>>>;
}

export interface Room {
  /** Infinity where there is none. */
  readonly limit: number;
  readonly left: number;
}
