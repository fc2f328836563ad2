import type { Change } from "./plan.js";

/** What a type knows of the cloud's limits. `needs` is pure; `room` is one request. */
export interface QuotaRule<Cloud = unknown> {
  /**
   * How many more there will be at the most while a change is carried out, by what is counted:
   * `{ "security group rules": 12 }`. `isMade`: what a creation begins with is done already.
   */
  needs(change: Change, isMade: boolean): Readonly<Record<string, number>>;
  /** What the cloud's limits leave, by what is counted; without what the cloud does not tell. */
  room(cloud: Cloud, existing: number): Promise<Readonly<Record<string, Room>>>;
}

export interface Room {
  /** Infinity where there is none. */
  readonly limit: number;
  readonly left: number;
}
