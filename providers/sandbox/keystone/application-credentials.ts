import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { ApplicationCredential } from "../rows.js";
import { fold, ownedName } from "../tables.js";
import { keepAccessRules } from "./access-rules.js";
import { objectOf, readBody, textIn } from "./bodies.js";
import { listView } from "./collections.js";
import { checkCredential, refuseUnknown } from "./credential-request.js";
import { roleView } from "./directory.js";
import { forbidden, keystoneError, notFound } from "./errors.js";
import { readExpiry } from "./expiry.js";
import { hashSecret, newSecret } from "./secrets.js";
import { accessRulesOf } from "./token-views.js";
import { isAdmin } from "./tokens.js";

/** GET /users/USER/application_credentials: those of all projects of the user */
export function listCredentials(cloud: Cloud, call: Call, token: Token): Reply {
  const userId = requireOwner(cloud, call, token, "list_application_credentials");
  const name = call.query.get("name");
  const rows = cloud.tables.credentials
    .by("user", userId)
    .filter((it) => name === null || fold(it.name) === fold(name));
  const views = rows.map((row) => view(cloud, row));
  return { status: 200, json: listView(cloud, call, "application_credentials", views) };
}

/** GET /users/USER/application_credentials/ID */
export function showCredential(cloud: Cloud, call: Call, token: Token): Reply {
  requireOwner(cloud, call, token, "get_application_credential");
  return { status: 200, json: { application_credential: view(cloud, find(cloud, call)) } };
}

/** POST /users/USER/application_credentials: the secret is told here and nowhere else */
export function postCredential(cloud: Cloud, call: Call, token: Token): Reply {
  const body = readBody(call);
  const userId = call.segment("user");
  if (userId !== token.userId) throw forbidden("identity:create_application_credential");
  const given = checkCredential(body.application_credential);
  requireUnrestricted(cloud, token);
  const secret = textIn(given.secret) || newSecret();
  const roleIds = readRoles(cloud, given.roles, token);
  const expiresAt = readExpiry(cloud, given.expires_at);
  refuseUnknown(given);
  const name = textIn(given.name) ?? "";
  refuseTaken(cloud, userId, name);
  const row = cloud.tables.credentials.put({
    id: randomUUID().replaceAll("-", ""),
    userId,
    projectId: token.projectId ?? null,
    name,
    description: textIn(given.description) ?? null,
    expiresAt,
    unrestricted: given.unrestricted ?? null,
    roleIds,
    accessRuleIds: keepAccessRules(cloud, userId, given.access_rules),
    secretHash: hashSecret(secret),
  });
  return { status: 201, json: { application_credential: { ...view(cloud, row), secret } } };
}

/** DELETE /users/USER/application_credentials/ID */
export function deleteCredential(cloud: Cloud, call: Call, token: Token): Reply {
  requireOwner(cloud, call, token, "delete_application_credential");
  requireUnrestricted(cloud, token);
  cloud.tables.credentials.delete(find(cloud, call).id);
  return { status: 204 };
}

/** The user of the path: the one who asks, or anybody for administrators. */
function requireOwner(cloud: Cloud, call: Call, token: Token, action: string): string {
  const userId = call.segment("user");
  if (userId !== token.userId && !isAdmin(cloud, token)) throw forbidden(`identity:${action}`);
  return userId;
}

function requireUnrestricted(cloud: Cloud, token: Token): void {
  const credential = cloud.tables.credentials.get(token.credentialId ?? "");
  if (!credential || credential.unrestricted === true) return;
  throw forbidden(
    "Using method 'application_credential' is not allowed for managing additional " +
      "application credentials.",
  );
}

/** Those asked for, all of them the token's; without any, all of the token's. */
function readRoles(cloud: Cloud, value: Json | undefined, token: Token): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return token.roleIds;
  const ids = value.map((role) => roleId(cloud, objectOf(role)));
  if (ids.every((id) => token.roleIds.includes(id))) return ids;
  throw keystoneError(
    400,
    "Invalid application credential: Cannot create an application credential with " +
      "unassigned role",
  );
}

function roleId(cloud: Cloud, role: JsonObject): string {
  const [id, name] = [textIn(role.id), textIn(role.name) ?? ""];
  if (id !== undefined) return id;
  const found = cloud.tables.roles.first("name", fold(name));
  if (found) return found.id;
  throw keystoneError(404, `Role ${name} is not defined`);
}

function refuseTaken(cloud: Cloud, userId: string, name: string): void {
  if (cloud.tables.credentials.count("name", ownedName(userId, name)) === 0) return;
  throw keystoneError(
    409,
    "Conflict occurred attempting to store application_credential - " +
      `Duplicate entry found with name ${name}.`,
  );
}

function find(cloud: Cloud, call: Call): ApplicationCredential {
  const id = call.segment("id");
  const row = cloud.tables.credentials.get(id);
  if (row) return row;
  throw notFound("Application Credential", id);
}

function view(cloud: Cloud, row: ApplicationCredential): JsonObject {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    user_id: row.userId,
    project_id: row.projectId,
    system: null,
    expires_at: row.expiresAt,
    unrestricted: row.unrestricted,
    roles: row.roleIds.map((id) => {
      const role = cloud.tables.roles.get(id);
      if (!role) throw notFound("role", id);
      return roleView(role);
    }),
    ...accessRulesOf(cloud, row.accessRuleIds),
    links: { self: `${cloud.urls.identity}/v3/application_credentials/${row.id}` },
  };
}
