import { randomUUID } from "node:crypto";
import { isObject, type Json, type JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import { type Call, Refusal, type Reply } from "../http.js";
import type { AccessRule } from "../rows.js";
import { textIn } from "./bodies.js";
import { listView } from "./collections.js";
import { forbidden, keystoneError, notFound } from "./errors.js";

/** GET /users/USER/access_rules */
export function listAccessRules(cloud: Cloud, call: Call, token: Token): Reply {
  requireOwn(call, token, "list_access_rules");
  const fits = (rule: AccessRule) =>
    (["service", "path", "method"] as const).every((field) => {
      const wanted = call.query.get(field);
      return wanted === null || rule[field] === wanted;
    });
  const views = cloud.tables.accessRules
    .by("user", token.userId)
    .filter(fits)
    .map((rule) => view(cloud, rule));
  return { status: 200, json: listView(cloud, call, "access_rules", views) };
}

/** GET /users/USER/access_rules/ID */
export function showAccessRule(cloud: Cloud, call: Call, token: Token): Reply {
  requireOwn(call, token, "get_access_rule");
  return { status: 200, json: { access_rule: view(cloud, find(cloud, call)) } };
}

/** DELETE /users/USER/access_rules/ID, refused while a credential has it */
export function deleteAccessRule(cloud: Cloud, call: Call, token: Token): Reply {
  requireOwn(call, token, "delete_access_rule");
  const { id } = find(cloud, call);
  const users = cloud.tables.credentials.by("user", token.userId);
  if (users.some((credential) => credential.accessRuleIds.includes(id))) {
    throw keystoneError(403, "May not delete access rule in use");
  }
  cloud.tables.accessRules.delete(id);
  return { status: 204 };
}

/** The ids of the rules of a new credential: an equal rule of the user is the same rule. */
export function keepAccessRules(
  cloud: Cloud,
  userId: string,
  value: Json | undefined,
): readonly string[] {
  const given = Array.isArray(value) ? value.filter(isObject) : [];
  const rules = given.map((rule) => ({
    id: textIn(rule.id),
    service: textIn(rule.service),
    path: textIn(rule.path),
    method: textIn(rule.method),
  }));
  const known = cloud.tables.accessRules.by("user", userId);
  const ids = rules.map((rule) => {
    const same = known.find((it) => it.id === rule.id || isSame(it, rule));
    if (same) return same.id;
    const { service, path, method } = rule;
    if (service === undefined || path === undefined || method === undefined) throw crash();
    const id = randomUUID().replaceAll("-", "");
    return cloud.tables.accessRules.put({ id, userId, service, path, method }).id;
  });
  return [...new Set(ids)];
}

function isSame(
  a: AccessRule,
  b: Readonly<Record<"service" | "path" | "method", string | undefined>>,
): boolean {
  return a.service === b.service && a.path === b.path && a.method === b.method;
}

/** Keystone itself fails on a rule that is not whole or names an unknown id. */
function crash(): Refusal {
  return new Refusal({ status: 500, html: "Internal Server Error" });
}

function requireOwn(call: Call, token: Token, action: string): void {
  if (call.segment("user") !== token.userId) throw forbidden(`identity:${action}`);
}

function find(cloud: Cloud, call: Call): AccessRule {
  const id = call.segment("id");
  const rule = cloud.tables.accessRules.get(id);
  if (rule) return rule;
  throw notFound("Access Rule", id);
}

function view(cloud: Cloud, { id, service, path, method }: AccessRule): JsonObject {
  const links = { self: `${cloud.urls.identity}/v3/access_rules/${id}` };
  return { id, service, path, method, links };
}
