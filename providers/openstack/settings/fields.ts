import { isObject } from "../../../engine/model/value.js";

/** A mapping read from outside; nothing is known of its values. */
export type Fields = Readonly<Record<string, unknown>>;

/** Own members only: a name such as `constructor` finds nothing. */
export function field(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The second over the first: mappings are merged, everything else is replaced. */
export function mergeDeep(base: Fields, over: Fields): Fields {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key);
    merged.set(key, isObject(before) && isObject(value) ? mergeDeep(before, value) : value);
  }
  return Object.fromEntries(merged);
}

/** Other names under which openstacksdk takes a setting. */
const ALIASES: Readonly<Record<string, string>> = {
  tenant_name: "project_name",
  tenant_id: "project_id",
  user_name: "username",
  auth_plugin: "auth_type",
  auth_token: "token",
  endpoint_type: "interface",
  timeout: "api_timeout",
};

/** The keys as openstacksdk reads them: `-` is `_`; an older name gives way to the present one. */
function canonicalKeys(fields: Fields): Fields {
  const entries = Object.entries(fields).map(
    ([key, value]) => [key.replaceAll("-", "_"), value] as const,
  );
  const older = entries.map(([key, value]) => [presentName(key), value] as const);
  const present = entries.filter(([key]) => presentName(key) === key);
  return Object.fromEntries([...older, ...present]);
}

/** The name that a setting has today: `tenant_id` is `project_id`. */
export function presentName(key: string): string {
  return field(ALIASES, key)?.toString() ?? key.replace(/_endpoint_type$/u, "_interface");
}

/** Canonical keys at the top and inside `auth`. */
export function canonicalEntry(entry: Fields): Fields {
  const named = canonicalKeys(entry);
  const auth = field(named, "auth");
  return isObject(auth) ? { ...named, auth: canonicalKeys(auth) } : named;
}

/** One entry laid over another: only `auth` is merged inside. */
export function layEntry(base: Fields, over: Fields): Fields {
  const [a, b] = [field(base, "auth"), field(over, "auth")];
  return { ...base, ...over, ...(isObject(a) && isObject(b) && { auth: { ...a, ...b } }) };
}

/** An entry without its `auth` level: a value outside `auth` wins over one inside. */
export function flatten(entry: Fields): Fields {
  const auth = field(entry, "auth");
  const outside = Object.entries(entry).filter(([key, it]) => key !== "auth" && !isBlank(it));
  return { ...(isObject(auth) ? auth : {}), ...Object.fromEntries(outside) };
}

/** Absent, null or empty: rc files export empty variables for what they do not set. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
