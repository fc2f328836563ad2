import type { NameOf } from "../../../engine/model/name-of.js";
import { exposure } from "./exposure.js";
import type { Rule } from "./rule.js";
import { ruleText } from "./rule-text.js";

/**
 * A rule in words for a plan. Behind two blanks and `!` stands what it lets everybody reach:
 * `ingress tcp/22 from anywhere (IPv4)  ! SSH to the whole internet`.
 */
export function ruleLabel(rule: Rule, nameOf: NameOf): string {
  const text = ruleText(rule, nameOf);
  const exposed = exposure(rule);
  return exposed === undefined ? text : `${text}  ! ${exposed} to the whole internet`;
}
