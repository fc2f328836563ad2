import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { Project, Role, User } from "../rows.js";
import { fold } from "../tables.js";
import { listView } from "./collections.js";
import { forbidden, notFound } from "./errors.js";
import { catalog } from "./token-views.js";
import { isAdmin } from "./tokens.js";

type Named = { readonly id: string; readonly name: string };

/** GET /users/USER: oneself, or anybody for administrators */
export function showUser(cloud: Cloud, call: Call, token: Token): Reply {
  const id = call.segment("user");
  if (id !== token.userId) requireAdmin(cloud, token, "get_user");
  const user = cloud.tables.users.get(id);
  if (!user) throw notFound("user", id);
  return { status: 200, json: { user: userView(cloud, user) } };
}

/** GET /projects/PROJECT: the token's, or any for administrators */
export function showProject(cloud: Cloud, call: Call, token: Token): Reply {
  const id = call.segment("project");
  if (id !== token.projectId) requireAdmin(cloud, token, "get_project");
  const project = cloud.tables.projects.get(id);
  if (!project) throw notFound("project", id);
  return { status: 200, json: { project: projectView(cloud, project) } };
}

/** GET /auth/projects and /users/USER/projects: where the user has a role */
export function listOwnProjects(cloud: Cloud, call: Call, token: Token): Reply {
  const mine = cloud.tables.assignments.by("user", token.userId).map((it) => it.projectId);
  const rows = cloud.tables.projects.all().filter((it) => mine.includes(it.id));
  const views = rows.map((it) => projectView(cloud, it));
  return { status: 200, json: listView(cloud, call, "projects", views) };
}

/** GET /users */
export function listUsers(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "list_users");
  const views = named(cloud.tables.users.all(), call).map((it) => userView(cloud, it));
  return { status: 200, json: listView(cloud, call, "users", views) };
}

/** GET /projects */
export function listProjects(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "list_projects");
  const views = named(cloud.tables.projects.all(), call).map((it) => projectView(cloud, it));
  return { status: 200, json: listView(cloud, call, "projects", views) };
}

/** GET /roles */
export function listRoles(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "list_roles");
  const views = named(cloud.tables.roles.all(), call).map((it) => linkedRole(cloud, it));
  return { status: 200, json: listView(cloud, call, "roles", views) };
}

/** GET /domains/default */
export function showDomain(cloud: Cloud, call: Call): Reply {
  const id = call.segment("domain");
  if (id !== "default") throw notFound("domain", id);
  const domain = {
    id,
    name: "Default",
    description: "The default domain",
    enabled: true,
    tags: [],
    options: {},
    links: { self: `${cloud.urls.identity}/v3/domains/${id}` },
  };
  return { status: 200, json: { domain } };
}

/** GET /auth/catalog */
export function showCatalog(cloud: Cloud): Reply {
  const links = { self: `${cloud.urls.identity}/v3/auth/catalog` };
  return { status: 200, json: { catalog: catalog(cloud), links } };
}

function named<R extends Named>(rows: readonly R[], call: Call): readonly R[] {
  const name = call.query.get("name");
  return name === null ? rows : rows.filter((it) => fold(it.name) === fold(name));
}

/** Throws the refusal of what administrators alone may do. */
export function requireAdmin(cloud: Cloud, token: Token, action: string): void {
  if (!isAdmin(cloud, token)) throw forbidden(`identity:${action}`);
}

/** The roles that every cloud has. */
const IMMUTABLE = new Set(["admin", "member", "reader"]);

/** A role; those that every cloud has cannot be changed. */
export function roleView({ id, name }: Role): JsonObject {
  const options = IMMUTABLE.has(name) ? { immutable: true } : {};
  return { id, name, domain_id: null, description: null, options };
}

/** A role with its address, as lists of roles tell it. */
export function linkedRole(cloud: Cloud, role: Role): JsonObject {
  return { ...roleView(role), links: { self: `${cloud.urls.identity}/v3/roles/${role.id}` } };
}

function userView(cloud: Cloud, user: User): JsonObject {
  return {
    id: user.id,
    name: user.name,
    domain_id: "default",
    enabled: true,
    default_project_id: user.defaultProjectId,
    password_expires_at: null,
    options: {},
    links: { self: `${cloud.urls.identity}/v3/users/${user.id}` },
  };
}

function projectView(cloud: Cloud, project: Project): JsonObject {
  return {
    id: project.id,
    name: project.name,
    domain_id: "default",
    description: "",
    enabled: true,
    parent_id: "default",
    is_domain: false,
    tags: [],
    options: {},
    links: { self: `${cloud.urls.identity}/v3/projects/${project.id}` },
  };
}
