import type { Cloud } from "../cloud.js";
import type { SecurityGroup } from "../rows.js";
import { isVisible, type Requester } from "./requester.js";

/** What stands for every project. */
export const EVERYBODY = "*";

/** Whether somebody shares a group with a project. Its owner's is shared only with everybody. */
export function isShared(cloud: Cloud, groupId: string, projectId: string): boolean {
  return cloud.tables.rbacPolicies
    .by("object", groupId)
    .some((it) => it.target === projectId || it.target === EVERYBODY);
}

/** Whether a project sees a group: its own, one that is shared with it, or any for administrators. */
export function isGroupVisible(cloud: Cloud, group: SecurityGroup, requester: Requester): boolean {
  return isVisible(group, requester) || isShared(cloud, group.id, requester.projectId);
}

/** The groups that a project sees; its own come first. */
export function visibleGroups(cloud: Cloud, requester: Requester): readonly SecurityGroup[] {
  const { groups, rbacPolicies } = cloud.tables;
  if (requester.isAdmin) return groups.all();
  const own = groups.by("project", requester.projectId);
  const shared = rbacPolicies
    .all()
    .filter((it) => it.target === requester.projectId || it.target === EVERYBODY)
    .flatMap((it) => groups.get(it.objectId) ?? []);
  return [...new Set([...own, ...shared])];
}
