import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call } from "../http.js";
import type { KeyPair } from "../rows.js";
import { fold } from "../tables.js";
import { novaError } from "./errors.js";
import type { Microversion } from "./microversion.js";
import { readQuery } from "./query.js";

/** Nova's `max_limit` where its operator chose none: no page is longer, whatever is asked for. */
const LONGEST_PAGE = 1000;

/** A page of key pairs in the order of their names, and the link to the next behind a full one. */
export function pageOf(
  cloud: Cloud,
  call: Call,
  rows: readonly KeyPair[],
  version: Microversion,
): { readonly page: readonly KeyPair[]; readonly links?: readonly JsonObject[] } {
  const sorted = [...rows].sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1));
  if (version < 35) return { page: sorted };
  const longest = cloud.pageLimit || LONGEST_PAGE;
  const { limit = longest, marker } = readQuery(call, version, true);
  const size = Math.min(limit, longest);
  const start = marker === undefined ? 0 : behind(sorted, marker);
  const page = sorted.slice(start, start + size);
  const last = page.at(-1);
  if (!last || page.length < size) return { page };
  const query = new URLSearchParams(Object.fromEntries(call.query));
  query.delete("marker");
  query.sort();
  query.set("marker", last.name);
  const href = `${cloud.urls.compute}/v2.1/os-keypairs?${query}`;
  return { page, links: [{ rel: "next", href }] };
}

function behind(sorted: readonly KeyPair[], marker: string): number {
  const at = sorted.findIndex((row) => fold(row.name) === fold(marker));
  if (at < 0) throw novaError(400, `Marker ${marker} could not be found.`);
  return at + 1;
}
