import type { Rule } from "./rule.js";
import type { RuleSet } from "./rule-attributes.js";
import { ruleBody } from "./stored-rule.js";

/** One request makes them all or none; a larger one is no faster and comes nearer to time limits. */
const MOST_RULES = 250;
/** Of a body, next to the 64 KiB at which web servers before an API cut, headers included. */
const MOST_BYTES = 54_000;

/** Rules in as few sets as requests can hold, in their order. */
export function ruleRequests(rules: RuleSet, groupId: string): readonly RuleSet[] {
  const requests: RuleSet[] = [];
  let next = new Map<string, Rule>();
  let bytes = 0;
  for (const [key, rule] of rules) {
    const more = Buffer.byteLength(JSON.stringify(ruleBody(rule, groupId))) + 1;
    if (next.size === MOST_RULES || (next.size > 0 && bytes + more > MOST_BYTES)) {
      requests.push(next);
      next = new Map();
      bytes = 0;
    }
    next.set(key, rule);
    bytes += more;
  }
  return next.size > 0 ? [...requests, next] : requests;
}
