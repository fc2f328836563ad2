import { randomUUID } from "node:crypto";
import { isObject, type Json, type JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import { type Call, Refusal, type Reply } from "../http.js";
import type { AccessRule } from "../rows.js";
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

/** What the database holds; the schema allows more. */
const LONGEST_PATH = 128;

/** A rule as a request gives it: by its id, or by what it says. */
type Given = Readonly<Partial<Record<"id" | "service" | "path" | "method", string>>>;

/** The ids of the rules of a new credential: an equal rule of the user is the same rule. */
export function keepAccessRules(
  cloud: Cloud,
  userId: string,
  value: Json | undefined,
): readonly string[] {
  const { accessRules } = cloud.tables;
  const known = accessRules.by("user", userId);
  const given = Array.isArray(value) ? value.filter(isObject) : [];
  const rules = given.map((rule) => known.find((it) => isSame(it, rule)) ?? newRule(userId, rule));
  return [...new Set(rules.map((rule) => (accessRules.get(rule.id) ?? accessRules.put(rule)).id))];
}

function isSame(known: AccessRule, given: Given): boolean {
  if (given.id !== undefined) return given.id === known.id;
  const { service, path, method } = known;
  return given.service === service && given.path === path && given.method === method;
}

function newRule(userId: string, { service, path, method }: Given): AccessRule {
  if (service === undefined || path === undefined || method === undefined) throw crash();
  if (path.length > LONGEST_PATH) {
    const why = `The length of string '${path}' exceeds the limit of column path(CHAR(${LONGEST_PATH}))`;
    throw keystoneError(400, `String length exceeded. ${why}.`);
  }
  return { id: randomUUID().replaceAll("-", ""), userId, service, path, method };
}

/** Keystone itself fails on a rule that is not whole or names an unknown id. */
function crash(): Refusal {
  const headers = { "content-type": "text/plain" };
  return new Refusal({ status: 500, headers, html: "Internal Server Error" });
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
