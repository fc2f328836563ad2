import type { Cloud } from "../cloud.js";

/** What a role brings with it, as `keystone-manage bootstrap` decides. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  admin: ["member", "reader"],
  member: ["reader"],
};

/** The roles of a user in a project, implied ones among them. */
export function rolesOn(cloud: Cloud, userId: string, projectId: string): readonly string[] {
  const { roles } = cloud.tables;
  const given = assignmentsOn(cloud, userId, projectId).map((it) => it.roleId);
  const implied = given
    .flatMap((id) => IMPLIED[roles.get(id)?.name ?? ""] ?? [])
    .flatMap((name) => roles.first("name", name)?.id ?? []);
  return [...new Set([...given, ...implied])];
}

/** Those of some roles that the user still has. */
export function stillHeld(
  cloud: Cloud,
  userId: string,
  projectId: string,
  roleIds: readonly string[],
): readonly string[] {
  const held = rolesOn(cloud, userId, projectId);
  return roleIds.filter((id) => held.includes(id));
}

/** What an administrator gave a user in a project. */
export function assignmentsOn(cloud: Cloud, userId: string, projectId: string) {
  return cloud.tables.assignments
    .by("user", userId)
    .filter((it) => it.projectId === projectId && cloud.tables.roles.get(it.roleId));
}
