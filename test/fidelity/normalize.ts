import { canonicalJson, isObject, type Json } from "../../engine/model/value.js";
import { type Answer, type CloudUnderTest, pathPrefix } from "./cloud.js";

/** An answer without what differs from run to run: ids, times, addresses, secrets. */
export interface Normalized {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

const HEADERS = [
  "content-type",
  "openstack-api-version",
  "x-openstack-nova-api-version",
  "www-authenticate",
];

/** Values that are random or a count of what was made before. */
const UNSTABLE = new Set([
  "secret",
  "private_key",
  "audit_ids",
  "standard_attr_id",
  "mac_address",
  "x-subject-token",
]);

/** Lists whose order says nothing. */
const UNORDERED = new Set([
  "methods",
  "access_rules",
  "security_group_rules",
  "roles",
  "catalog",
  "endpoints",
  "addresses",
]);

/** Of an object that carries a generated key, what follows from the key. */
const GENERATED = new Set(["public_key", "fingerprint"]);

/** Brings an answer to the form in which those of two clouds are compared. */
export function normalize(
  answer: Answer,
  cloud: CloudUnderTest,
  unstable: readonly string[] = [],
): Normalized {
  const headers = HEADERS.flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    if (value === null || (name === "content-type" && answer.body === "")) return [];
    return [[name, normalizeText(value.replace(/; ?charset=.*$/iu, ""), cloud)]];
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(headers),
    body:
      typeof answer.body === "string"
        ? prose(answer.body)
        : json(answer.body, { cloud, unstable: new Set([...UNSTABLE, ...unstable]) }),
  };
}

/** Of a page that is no JSON only that it is one. */
function prose(text: string): Json {
  return text === "" ? "" : "(text)";
}

interface Context {
  readonly cloud: CloudUnderTest;
  readonly unstable: ReadonlySet<string>;
}

function json(value: unknown, context: Context, key = ""): Json {
  if (context.unstable.has(key)) return "(unstable)";
  if (typeof value === "string") return normalizeText(value, context.cloud);
  if (typeof value === "number" && key === "id") return "(number)";
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => json(item, context));
    return UNORDERED.has(key)
      ? items.sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))
      : items;
  }
  if (!isObject(value)) return null;
  const isGenerated = "private_key" in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isGenerated && GENERATED.has(name) ? "(generated)" : json(item, context, name),
    ]),
  );
}

/** Where a message goes on with a print of a Python schema or a hint of a Python library. */
const PYTHON = /\n\nFailed validating|(?<=Unable to load PEM file\.) See /u;

function normalizeText(text: string, cloud: CloudUnderTest): string {
  const [first = ""] = text.split(PYTHON);
  let plain = first;
  for (const [service, root] of Object.entries(cloud.roots)) {
    plain = plain.replaceAll(root, `(${service})`);
    const prefix = pathPrefix(root);
    if (prefix !== "") plain = plain.replaceAll(`${prefix}/v`, "/v");
  }
  return plain
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu, "(id)")
    .replace(/\b[0-9a-f]{32}\b/gu, "(id)")
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z?)/gu, (whole, zone: string) =>
      whole.startsWith("203") ? whole : `(time${zone})`,
    );
}
