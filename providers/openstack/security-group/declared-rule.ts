import type { Rule } from "./rule.js";

/** A rule with the places of the declaration that say it. */
export interface DeclaredRule {
  readonly rule: Rule;
  /** Of the whole entry: `/rules/0`. */
  readonly pointer: string;
  /** Of the service: `/rules/0/ingress/1`. */
  readonly service: string;
  /** Of the remote: `/rules/0/from`. */
  readonly remote: string;
}
