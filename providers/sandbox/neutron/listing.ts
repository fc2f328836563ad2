import type { Json, JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call } from "../http.js";
import { fold } from "../tables.js";
import type { Kind } from "./attributes.js";
import { badRequest, neutronError } from "./errors.js";
import { filterBy } from "./filters.js";
import { offered } from "./offered.js";

/** Answers a list: filtered, sorted, a page of it, and of each item the fields asked for. */
export function listReply(
  cloud: Cloud,
  call: Call,
  whole: Kind,
  items: readonly JsonObject[],
): JsonObject {
  const kind = offered(cloud, whole);
  const base = `${cloud.urls.network}/v2.0/${kind.collection.replaceAll("_", "-")}`;
  const limit = longestPage(readLimit(call.query), cloud.pageLimit);
  const isReverse = call.query.get("page_reverse")?.toLowerCase() === "true";
  const sorted = sortBy(filterBy(items, call.query, kind), call.query, kind);
  const page = cut(sorted, { limit, isReverse, marker: call.query.get("marker") });
  const links = limit === 0 ? [] : pageLinks(call, base, page, limit, isReverse);
  return {
    [kind.collection]: page.map((item) => selectFields(item, call.query)),
    ...(links.length > 0 && { [`${kind.collection}_links`]: links }),
  };
}

/** Of an object the fields that the request names; all where it names none. */
export function selectFields(item: JsonObject, query: URLSearchParams): JsonObject {
  const fields = new Set(query.getAll("fields").filter((field) => field !== ""));
  if (fields.size === 0) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => fields.has(name)));
}

/** What is asked for, but no more than the cloud's `pagination_max_limit`; 0 for no limit. */
function longestPage(asked: number, most: number): number {
  if (most === 0) return asked;
  return asked === 0 ? most : Math.min(asked, most);
}

/** 0 for no limit. */
function readLimit(query: URLSearchParams): number {
  const text = query.get("limit") ?? "";
  if (text === "") return 0;
  if (/^\+?\d+$/u.test(text)) return Number(text);
  throw neutronError(
    400,
    "BadRequest",
    `Bad limit request: Limit must be an integer 0 or greater and not '${text}'.`,
  );
}

function sortBy(
  items: readonly JsonObject[],
  query: URLSearchParams,
  kind: Kind,
): readonly JsonObject[] {
  const keys = query.getAll("sort_key").filter((key) => key !== "");
  const directions = query.getAll("sort_dir").filter((direction) => direction !== "");
  if (keys.length !== directions.length) {
    throw badRequest("The number of sort_keys and sort_dirs must be same");
  }
  refuse(
    directions.filter((it) => it !== "asc" && it !== "desc"),
    (list) => `${list} is invalid value for sort_dirs, valid value is 'asc' and 'desc'`,
  );
  refuse(
    keys.filter((it) => !kind.attributes[it]?.sort),
    (list) => `${list} is invalid attribute for sort_keys`,
  );
  const order = [...keys.map((key, index) => ({ key, down: directions[index] === "desc" }))];
  return [...items].sort((a, b) => compare(a, b, [...order, { key: "id", down: false }]));
}

function refuse(wrong: readonly string[], message: (list: string) => string): void {
  if (wrong.length > 0) throw badRequest(message(`[${wrong.map((it) => `'${it}'`).join(", ")}]`));
}

function compare(
  a: JsonObject,
  b: JsonObject,
  order: readonly { readonly key: string; readonly down: boolean }[],
): number {
  for (const { key, down } of order) {
    const difference = compareValues(a[key] ?? null, b[key] ?? null);
    if (difference !== 0) return down ? -difference : difference;
  }
  return 0;
}

/** Nothing comes first, as in MySQL. */
function compareValues(a: Json, b: Json): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [a, b].map((it) => (it === null ? "" : fold(String(it))));
  if (left === undefined || right === undefined || left === right) return 0;
  return left < right ? -1 : 1;
}

/** The page after (or, in reverse, before) the marker; an unknown one means the first page. */
function cut(
  items: readonly JsonObject[],
  page: { readonly limit: number; readonly isReverse: boolean; readonly marker: string | null },
): readonly JsonObject[] {
  const at = items.findIndex((item) => item.id === page.marker);
  if (!page.isReverse) {
    const rest = items.slice(at + 1);
    return page.limit === 0 ? rest : rest.slice(0, page.limit);
  }
  const before = at < 0 ? items : items.slice(0, at);
  return page.limit === 0 ? before : before.slice(-page.limit);
}

function pageLinks(
  call: Call,
  base: string,
  page: readonly JsonObject[],
  limit: number,
  isReverse: boolean,
): readonly JsonObject[] {
  const isShort = page.length < limit;
  const link = (rel: string, marker: JsonObject | undefined, reverse: boolean): JsonObject => {
    const query = new URLSearchParams(call.query);
    query.delete("marker");
    query.delete("page_reverse");
    if (marker) query.set("marker", String(marker.id));
    if (reverse) query.set("page_reverse", "True");
    return { rel, href: `${base}?${query}` };
  };
  return [
    ...(isShort && !isReverse ? [] : [link("next", page.at(-1), false)]),
    ...(isShort && isReverse ? [] : [link("previous", page.at(0), true)]),
  ];
}
