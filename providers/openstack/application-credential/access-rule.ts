import { escapePointer } from "../../../engine/model/expression.js";
import {
  hasUnknown,
  isObject,
  type JsonObject,
  scalarText,
  Unknown,
  type Value,
} from "../../../engine/model/value.js";
import type { Mistakes } from "./mistakes.js";
import { readList, readMapping, readText } from "./reading.js";

/** The methods that Keystone's schema of access rules takes. */
export const METHODS = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"] as const;

/** The column of Keystone's database; its schema lets 225 pass, which then fail. */
export const MAX_PATH = 128;

/** One request that a credential may make. */
export type AccessRule = {
  readonly method: string;
  /** The type of the service in the catalog, such as `compute`. */
  readonly service: string;
  readonly path: string;
};

/** Declared rules as a mapping from their meaning, and the place of each. */
export interface DeclaredAccessRules {
  readonly rules: Readonly<Record<string, AccessRule>> | Unknown;
  readonly pointers: Readonly<Record<string, string>>;
}

/** Reads `access_rules`. */
export function decodeAccessRules(
  value: Value | undefined,
  mistakes: Mistakes,
): DeclaredAccessRules {
  const list = readList(value, "/access_rules", mistakes);
  if (list === undefined) return { rules: {}, pointers: {} };
  if (list instanceof Unknown) return { rules: list, pointers: {} };
  if (list.length === 0) refuseEmpty(mistakes);
  const rules = new Map<string, AccessRule>();
  const pointers = new Map<string, string>();
  list.forEach((item, index) => {
    const at = `/access_rules/${index}`;
    const rule = decodeRule(item, at, mistakes);
    if (!rule) return;
    const member = `/access_rules/${escapePointer(ruleKey(rule))}`;
    const twin = pointers.get(member);
    if (twin !== undefined) refuseTwin(at, twin, mistakes);
    rules.set(ruleKey(rule), rule);
    pointers.set(member, at);
  });
  return {
    rules: hasUnknown(list) ? new Unknown() : Object.fromEntries(rules),
    pointers: Object.fromEntries(pointers),
  };
}

/** The rules of a credential as Keystone tells them; what has none may make any request. */
export function observedAccessRules(value: unknown): Readonly<Record<string, AccessRule>> {
  if (!Array.isArray(value)) return {};
  const rules = value.filter(isObject).map(
    (it): AccessRule => ({
      method: scalarText(it.method),
      service: scalarText(it.service),
      path: scalarText(it.path),
    }),
  );
  return Object.fromEntries(rules.map((rule) => [ruleKey(rule), rule]));
}

/** What a rule means, as text: two rules with the same are the same. */
function ruleKey({ method, service, path }: AccessRule): string {
  return `${method} ${service} ${path}`;
}

/** The rules as Keystone takes them. */
export function accessRulesBody(rules: Readonly<Record<string, AccessRule>>): JsonObject[] {
  return Object.values(rules).map(({ method, service, path }) => ({ method, service, path }));
}

function decodeRule(item: Value, at: string, mistakes: Mistakes): AccessRule | undefined {
  const rule = readMapping(item, at, mistakes);
  if (rule === undefined || rule instanceof Unknown) return undefined;
  const [service, method, path] = (["service", "method", "path"] as const).map((key) => {
    const text = readText(rule[key], `${at}/${key}`, mistakes);
    if (rule[key] === undefined || rule[key] === null) refuseMissing(key, at, mistakes);
    return text;
  });
  if (typeof service === "string") checkService(service, `${at}/service`, mistakes);
  if (typeof method === "string") checkMethod(method, `${at}/method`, mistakes);
  if (typeof path === "string") checkPath(path, `${at}/path`, mistakes);
  return typeof service === "string" && typeof method === "string" && typeof path === "string"
    ? { service, method, path }
    : undefined;
}

function refuseEmpty(mistakes: Mistakes): void {
  mistakes.error("empty-access-rules", "/access_rules", "the list of access rules is empty", {
    detail: "Keystone takes an empty list as no restriction at all.",
    help: "List the requests that are allowed, or leave access_rules out to allow all.",
  });
}

function refuseTwin(at: string, twin: string, mistakes: Mistakes): void {
  mistakes.error("bad-access-rule", at, "the access rule is declared twice", {
    related: [{ message: "it is the same as this one", pointer: twin }],
    help: "Remove one of them.",
  });
}

function refuseMissing(key: string, at: string, mistakes: Mistakes): void {
  mistakes.error("missing-key", at, `an access rule needs ${key}`, {
    expected: "service, method and path",
    help: `Add ${key}.`,
  });
}

function checkService(service: string, at: string, mistakes: Mistakes): void {
  if (/^[A-Za-z0-9-]{1,64}$/u.test(service)) return;
  mistakes.error("bad-access-rule", at, "the service of an access rule cannot be this", {
    actual: service,
    expected: "a service type of the catalog, such as compute, network or identity",
    help: "Write the type of the service, not its name.",
  });
}

function checkMethod(method: string, at: string, mistakes: Mistakes): void {
  if (METHODS.some((it) => it === method)) return;
  mistakes.error("bad-access-rule", at, "the method of an access rule cannot be this", {
    actual: method,
    expected: METHODS.join(", "),
    help: "Write one of them, in capitals.",
  });
}

/** The marks are of `_path_matches` in keystonemiddleware's auth_token: the rest is a regex there. */
function checkPath(path: string, at: string, mistakes: Mistakes): void {
  if (!path.startsWith("/") || path.length > MAX_PATH) {
    mistakes.error("bad-access-rule", at, "the path of an access rule cannot be this", {
      actual: path,
      expected: `a path that starts with / and has at most ${MAX_PATH} characters`,
      help: path.startsWith("/") ? "Shorten it, with * and **." : `Write /${path}.`,
    });
    return;
  }
  if (/[?&#]/u.test(path)) {
    mistakes.warn("bad-access-rule", at, "a path with a query matches no request", {
      actual: path,
      help: "Leave the query out: it is not compared.",
    });
    return;
  }
  const odd = path.replaceAll(/\{[^{}/]*\}/gu, "").match(/[()[\]|+^$\\{}]/u);
  if (!odd) return;
  mistakes.warn("bad-access-rule", at, `${odd[0]} does not stand for itself in a path`, {
    actual: path,
    detail: "The services read everything but {name}, * and ** as a regular expression.",
    help: "Use {name} or * for one segment, and ** for the rest of the path.",
  });
}
