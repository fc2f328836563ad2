import type { Cloud } from "../cloud.js";
import type { SecurityGroupRule } from "../rows.js";
import { revised } from "./standard.js";

/** Removes the rules of a group and those of other groups that name it as remote. */
export function removeReferences(cloud: Cloud, groupId: string): void {
  const { rules } = cloud.tables;
  for (const rule of rules.by("group", groupId)) rules.delete(rule.id);
  for (const rule of rules.by("remoteGroup", groupId)) rules.delete(rule.id);
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
