import { CloudError } from "../../../engine/model/errors.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";

/** One page of a list. */
export interface Page {
  readonly items: readonly JsonObject[];
  /** The query of the next page, without `?`. */
  readonly next?: string;
}

/** The items under `key`, and the next page by `KEY_links`. Throws `server-error` for anything else. */
export function readPage(body: JsonObject, key: string): Page {
  const items = body[key];
  if (!isObjectList(items)) {
    throw new CloudError("server-error", `the list of ${key} has no "${key}" with objects in it`, {
      effect: "none",
    });
  }
  const next = nextQuery(body[`${key}_links`]);
  return next !== undefined && items.length > 0 ? { items, next } : { items };
}

/** What names an item as a marker: the field itself, or the one inside the item's single wrapping. */
export function markerOf(item: JsonObject, field: string): string | undefined {
  const [inner] = Object.values(item);
  const marker = item[field] ?? (isObject(inner) ? inner[field] : undefined);
  return typeof marker === "string" && marker !== "" ? marker : undefined;
}

/** Only the query counts: behind a proxy the link's host and path may be another's. */
function nextQuery(links: unknown): string | undefined {
  if (!Array.isArray(links)) return undefined;
  const next = links.find((link: unknown) => isObject(link) && link.rel === "next");
  const href: unknown = isObject(next) ? next.href : undefined;
  if (typeof href !== "string" || !href.includes("?")) return undefined;
  return href.slice(href.indexOf("?") + 1).replace(/#.*$/su, "");
}

function isObjectList(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}
