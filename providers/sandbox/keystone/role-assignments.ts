import { randomUUID } from "node:crypto";
import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { objectOf, readBody, textIn } from "./bodies.js";
import { listView } from "./collections.js";
import { linkedRole, requireAdmin } from "./directory.js";
import { keystoneError, notFound } from "./errors.js";
import { assignmentsOn } from "./roles.js";

/** POST /roles */
export function postRole(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "create_role");
  const name = textIn(objectOf(readBody(call).role).name) ?? "";
  if (cloud.tables.roles.count("name", name.toLowerCase()) > 0) {
    const why = `Conflict occurred attempting to store role - Duplicate entry found with name ${name}.`;
    throw keystoneError(409, why);
  }
  const role = cloud.tables.roles.put({ id: randomUUID().replaceAll("-", ""), name });
  return { status: 201, json: { role: linkedRole(cloud, role) } };
}

/** DELETE /roles/ROLE: with every assignment; credentials go on naming it */
export function deleteRole(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "delete_role");
  const { assignments, roles } = cloud.tables;
  const { id } = findRole(cloud, call);
  for (const it of assignments.all()) if (it.roleId === id) assignments.delete(it.id);
  roles.delete(id);
  return { status: 204 };
}

/** GET /projects/PROJECT/users/USER/roles: without the implied ones */
export function listAssigned(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "list_grants");
  const views = assignmentsOn(cloud, call.segment("user"), call.segment("project"))
    .flatMap((it) => cloud.tables.roles.get(it.roleId) ?? [])
    .map((role) => linkedRole(cloud, role));
  return { status: 200, json: listView(cloud, call, "roles", views) };
}

/** PUT /projects/PROJECT/users/USER/roles/ROLE */
export function assignRole(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "create_grant");
  const roleId = findRole(cloud, call).id;
  const [userId, projectId] = [call.segment("user"), call.segment("project")];
  if (!cloud.tables.users.get(userId)) throw notFound("user", userId);
  if (!cloud.tables.projects.get(projectId)) throw notFound("project", projectId);
  if (!assignmentsOn(cloud, userId, projectId).some((it) => it.roleId === roleId)) {
    cloud.tables.assignments.put({ id: randomUUID(), userId, projectId, roleId });
  }
  return { status: 204 };
}

/** DELETE /projects/PROJECT/users/USER/roles/ROLE */
export function unassignRole(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "revoke_grant");
  const { id } = findRole(cloud, call);
  const [userId, projectId] = [call.segment("user"), call.segment("project")];
  const found = assignmentsOn(cloud, userId, projectId).find((it) => it.roleId === id);
  if (!found) {
    const whose = `user or group: ${userId}, project, domain, or system: ${projectId}`;
    throw keystoneError(404, `Could not find role assignment with role: ${id}, ${whose}.`);
  }
  cloud.tables.assignments.delete(found.id);
  return { status: 204 };
}

function findRole(cloud: Cloud, call: Call) {
  const id = call.segment("role");
  const role = cloud.tables.roles.get(id);
  if (role) return role;
  throw notFound("role", id);
}
