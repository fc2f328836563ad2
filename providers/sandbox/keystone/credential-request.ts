import { isObject, type Json, type JsonObject } from "../../../engine/model/value.js";
import { pythonLiteral } from "../python.js";
import { invalidField, keystoneError } from "./errors.js";

const KNOWN = new Set([
  "name",
  "description",
  "secret",
  "expires_at",
  "roles",
  "access_rules",
  "unrestricted",
  "id",
  "project_id",
  "user_id",
]);

const ID_TEXT = /^[a-zA-Z0-9-]+$/u;
const METHOD = /^(POST|GET|HEAD|PATCH|PUT|DELETE)$/u;

/** A way to be wrong, in the words of Keystone's validator. */
type Check = (value: Json) => string | undefined;

/**
 * Refuses the body of a new application credential that Keystone's schema refuses.
 * Source: keystone/application_credential/schema.py.
 */
export function checkCredential(given: Json | undefined): JsonObject {
  if (given === undefined) throw invalidField("", "'name' is a required property");
  if (!isObject(given)) throw invalidField("", `${pythonLiteral(given)} is not of type 'object'`);
  const body = given as JsonObject;
  if (body.name === undefined) throw invalidField("", "'name' is a required property");
  check("name", body.name, name);
  check("description", body.description, ofType("string", "null"));
  check("secret", body.secret, ofType("null", "string"));
  check("expires_at", body.expires_at, ofType("null", "string"));
  check("unrestricted", body.unrestricted, ofType("boolean"));
  checkList("roles", body.roles, checkRole);
  checkList("access_rules", body.access_rules, checkAccessRule);
  return body;
}

/** Refuses what no credential has; Keystone does it after all other checks. */
export function refuseUnknown(body: JsonObject): void {
  const unknown = Object.keys(body).find((key) => !KNOWN.has(key));
  if (unknown === undefined) return;
  throw keystoneError(
    400,
    `'${unknown}' is an invalid keyword argument for ApplicationCredentialModel`,
  );
}

function checkRole(path: string, role: JsonObject): void {
  const keys = Object.keys(role);
  if (keys.length > 1) throw invalidField(path, `${pythonLiteral(role)} has too many properties`);
  if (keys.length < 1) {
    throw invalidField(path, `${pythonLiteral(role)} does not have enough properties`);
  }
  refuseOthers(path, role, ["id", "name"]);
  check(`${path}/id`, role.id, matching(ID_TEXT, 64));
  check(`${path}/name`, role.name, name);
}

function checkAccessRule(path: string, rule: JsonObject): void {
  refuseOthers(path, rule, ["path", "method", "service", "id"]);
  check(`${path}/path`, rule.path, matching(/^\/.*/u, 225, "^\\\\/.*"));
  check(`${path}/method`, rule.method, matching(METHOD));
  check(`${path}/service`, rule.service, matching(ID_TEXT, 64));
  check(`${path}/id`, rule.id, matching(ID_TEXT, 64));
}

function check(path: string, value: Json | undefined, wrong: Check): void {
  const message = value === undefined ? undefined : wrong(value);
  if (message !== undefined) throw invalidField(path, message);
}

function checkList(
  path: string,
  value: Json | undefined,
  checkItem: (path: string, item: JsonObject) => void,
): void {
  if (value === undefined) return;
  check(path, value, ofType("array"));
  for (const [index, item] of (Array.isArray(value) ? value : []).entries()) {
    check(`${path}/${index}`, item, ofType("object"));
    checkItem(`${path}/${index}`, item);
  }
}

function refuseOthers(path: string, value: JsonObject, known: readonly string[]): void {
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other === undefined) return;
  throw invalidField(path, `Additional properties are not allowed ('${other}' was unexpected)`);
}

function ofType(...types: readonly string[]): Check {
  return (value) => {
    const list = types.map((type) => `'${type}'`).join(", ");
    return types.includes(typeOf(value))
      ? undefined
      : `${pythonLiteral(value)} is not of type ${list}`;
  };
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function matching(
  pattern: RegExp,
  longest = Number.POSITIVE_INFINITY,
  shown = pattern.source,
): Check {
  return (value) => {
    const wrongType = ofType("string")(value);
    if (wrongType !== undefined || typeof value !== "string") return wrongType;
    if (value.length > longest) return `${pythonLiteral(value)} is too long`;
    return pattern.test(value) ? undefined : `${pythonLiteral(value)} does not match '${shown}'`;
  };
}

const name: Check = (value) =>
  value === "" ? "'' is too short" : matching(/\S+/u, 255, "[\\\\S]+")(value);
