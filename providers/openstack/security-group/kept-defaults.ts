import type { ValueObject } from "../../../engine/model/value.js";
import { USUALLY_GIVEN } from "./default-rules.js";
import { identity } from "./rule.js";
import { ruleSet, rulesFromValue, rulesValue } from "./rule-attributes.js";

/**
 * The egress rules that clouds usually give a new group, and that stay in it beside those declared. What this
 * cloud gives is not asked for: it is in its answer when the group is made, and in the next plan.
 */
export function keptDefaults(desired: ValueObject): ValueObject {
  if (desired.default_egress !== true) return {};
  const declared = new Set([...rulesFromValue(desired.rules).values()].map(identity));
  return { rules: rulesValue(ruleSet(USUALLY_GIVEN.filter((it) => !declared.has(identity(it))))) };
}
