import type { Json, JsonObject } from "../../../engine/model/value.js";
import { text } from "../network/answer.js";
import { ruleSet, rulesFromValue, rulesJson } from "./rule-attributes.js";
import { storedFields, storedTags } from "./stored-group.js";
import { ruleBody, storedRule } from "./stored-rule.js";

/** What is remembered of a group, as Neutron would answer it now. */
export function canonicalGroup(existing: JsonObject): JsonObject {
  const id = text(existing.id);
  const { default_egress_rules: given } = existing;
  return {
    ...storedFields(existing),
    id,
    tags: storedTags(existing),
    rules: canonicalRules(existing.rules, id),
    ...(given !== undefined && { default_egress_rules: canonicalRules(given, id) }),
  };
}

function canonicalRules(value: Json | undefined, groupId: string): JsonObject {
  const rules = [...rulesFromValue(value).values()];
  return rulesJson(ruleSet(rules.map((it) => storedRule(ruleBody(it, groupId), groupId))));
}
