import { randomUUID } from "node:crypto";
import { seedDefaultRules } from "./neutron/default-rules.js";
import type { Tables } from "./tables.js";

const ROLES = ["admin", "member", "reader", "creator"];

/** Who may do what. `creator` grants nothing: a role to leave out. */
const USERS = [
  { name: "admin", project: "admin", roles: ["admin"] },
  { name: "demo", project: "demo", roles: ["creator", "member"] },
  { name: "demo2", project: "demo2", roles: ["member"] },
  { name: "reader", project: "demo", roles: ["reader"] },
] as const;

/** Gives a new cloud its users, projects, roles and default rules, with ids of their own. */
export function seed(tables: Tables, extensions: ReadonlySet<string>): void {
  if (tables.users.size > 0) return;
  seedDefaultRules(tables, extensions);
  for (const name of ROLES) tables.roles.put({ id: newId(), name });
  for (const { name, project, roles } of USERS) {
    const projectId = (
      tables.projects.first("name", project) ?? tables.projects.put({ id: newId(), name: project })
    ).id;
    const user = tables.users.put({ id: newId(), name, defaultProjectId: projectId });
    for (const role of roles) {
      const roleId = tables.roles.first("name", role)?.id ?? "";
      tables.assignments.put({ id: newId(), userId: user.id, projectId, roleId });
    }
  }
}

/** As Keystone writes ids. */
function newId(): string {
  return randomUUID().replaceAll("-", "");
}
