import type { Cloud } from "../cloud.js";
import type { SecurityGroupRule } from "../rows.js";
import { revised } from "./standard.js";

/** Removes what goes with a group: its rules, those of others that name it, and its sharing. */
export function removeReferences(cloud: Cloud, groupId: string): void {
  const { rules, rbacPolicies } = cloud.tables;
  for (const rule of rules.by("group", groupId)) rules.delete(rule.id);
  for (const rule of rules.by("remoteGroup", groupId)) rules.delete(rule.id);
  for (const policy of rbacPolicies.by("object", groupId)) rbacPolicies.delete(policy.id);
}

/** Removes one rule; the revision of its group grows. */
export function removeRule(cloud: Cloud, rule: SecurityGroupRule): void {
  cloud.tables.rules.delete(rule.id);
  bumpGroup(cloud, rule.groupId);
}

/** Counts changes of a group's rules in its revision. */
export function bumpGroup(cloud: Cloud, groupId: string, changes = 1): void {
  const group = cloud.tables.groups.get(groupId);
  if (group) cloud.tables.groups.put(revised(cloud, group, changes));
}
