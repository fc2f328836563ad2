import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { hasExtension } from "../network/extensions.js";
import { defaultEgress, egressRules } from "./reconcile.js";
import { identity } from "./rule.js";
import { type RuleSet, ruleSet } from "./rule-attributes.js";
import { storedRule } from "./stored-rule.js";

/** What stands for the new group's own id among the default rules (neutron/extensions/security_groups_default_rules.py). */
const OWN_ID = "PARENT";

/**
 * Of the egress rules that the project's default group has, those that the cloud gave it: where it
 * tells its default rules, exactly these, else those that let everything out.
 */
export async function givenEgress(cloud: OpenStack, existing: JsonObject): Promise<RuleSet> {
  if (!(await hasExtension(cloud, "security-groups-default-rules"))) return defaultEgress(existing);
  const templates = await cloud.neutron.list(
    "/default-security-group-rules",
    "default_security_group_rules",
    { marker: "id" },
  );
  const given = new Set(
    templates
      .filter((it) => it.used_in_default_sg === true)
      .map((it) => identity(storedRule(it, OWN_ID))),
  );
  return ruleSet(egressRules(existing).filter((rule) => given.has(identity(rule))));
}
