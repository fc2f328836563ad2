import {
  isValueObject,
  type JsonObject,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import { identity, type Rule } from "./rule.js";
import { type RuleSet, ruleSet, rulesFromValue, rulesValue } from "./rule-attributes.js";

/**
 * What is wanted of a group that exists: its own id in a rule becomes `self`, and where no egress
 * rule is declared, or `default_egress` is true, it keeps the egress rules that the cloud gave it.
 */
export function reconcileGroup(desired: ValueObject, existing: JsonObject): ValueObject {
  const { id, default_egress_rules: given } = existing;
  return {
    ...desired,
    ...(id !== undefined && { id }),
    ...(given !== undefined && { default_egress_rules: given }),
    ...(isValueObject(desired.rules) && { rules: rulesValue(wantedRules(desired, existing)) }),
  };
}

function wantedRules(desired: ValueObject, existing: JsonObject): RuleSet {
  const declared = [...rulesFromValue(desired.rules).values()].map((rule) =>
    withSelf(rule, existing.id),
  );
  const keeps = desired.default_egress ?? !declared.some((rule) => rule.direction === "egress");
  const kept = keeps === true ? [...defaultEgress(existing).values()] : [];
  const distinct = new Map([...kept, ...declared].map((rule) => [identity(rule), rule]));
  return ruleSet([...distinct.values()]);
}

function withSelf(rule: Rule, ownId: Value | undefined): Rule {
  const own = rule.remote.kind === "group" && rule.remote.id === ownId;
  return own ? { ...rule, remote: { kind: "self" } } : rule;
}

/**
 * The egress rules that the cloud gave the group. Where nobody recorded them, those that let
 * everything out: what Neutron gives unless its operator decided otherwise.
 */
export function defaultEgress(existing: JsonObject): RuleSet {
  if (existing.default_egress_rules) return rulesFromValue(existing.default_egress_rules);
  const open = egressRules(existing).filter(
    (rule) => rule.protocol === null && rule.remote.kind === "anywhere",
  );
  return ruleSet(open);
}

/** Every egress rule of a group's attributes. */
export function egressRules(attributes: JsonObject): readonly Rule[] {
  return [...rulesFromValue(attributes.rules).values()].filter(
    (rule) => rule.direction === "egress",
  );
}
