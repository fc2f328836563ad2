import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { hasExtension } from "../network/extensions.js";
import { readDefaultRules } from "./default-rules.js";
import { defaultEgress, egressRules } from "./reconcile.js";
import { identity } from "./rule.js";
import { type RuleSet, ruleSet } from "./rule-attributes.js";

/**
 * Of the egress rules that the project's default group has, those that the cloud gave it: where it
 * tells its default rules, exactly these, else those that let everything out.
 */
export async function givenEgress(cloud: OpenStack, existing: JsonObject): Promise<RuleSet> {
  if (!(await hasExtension(cloud, "security-groups-default-rules"))) return defaultEgress(existing);
  const given = new Set((await readDefaultRules(cloud, "used_in_default_sg")).map(identity));
  return ruleSet(egressRules(existing).filter((rule) => given.has(identity(rule))));
}
