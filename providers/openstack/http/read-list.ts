import { CloudError } from "../../../engine/model/errors.js";
import type { JsonObject } from "../../../engine/model/value.js";
import { markerOf, type Page } from "./pages.js";

/** Reads one page; undefined is the first. */
export type ReadPage = (query: string | undefined) => Promise<Page>;

const READINGS = 3;
/** More than any project has: a list that goes on and on is no list of these APIs. */
const MOST_ITEMS = 250_000;
/** Of all pages together, as text: what does not fit into memory ends the process. */
const MOST_CHARACTERS = 256 * 1024 * 1024;

/**
 * All items, page after page. Where the item that a page begins after is deleted meanwhile, Neutron
 * begins again from the start and Nova refuses: the list is then read anew, a few times at most.
 */
export async function readList(
  readPage: ReadPage,
  marker: string | undefined,
): Promise<readonly JsonObject[]> {
  for (let reading = 1; reading <= READINGS; reading++) {
    const items = await readOnce(readPage, marker);
    if (items) return items;
  }
  return refuse("changed each time while it was read");
}

function refuse(why: string): never {
  throw new CloudError("server-error", `the list ${why}`, { effect: "none" });
}

async function readOnce(
  readPage: ReadPage,
  marker: string | undefined,
): Promise<readonly JsonObject[] | undefined> {
  const items: JsonObject[] = [];
  const seen = new Set<string>();
  let characters = 0;
  let page = await readPage(undefined);
  for (;;) {
    for (const item of page.items) {
      if (marker !== undefined) {
        const name = markerOf(item, marker) ?? refuse(`has an item without ${marker}`);
        if (seen.has(name)) return undefined;
        seen.add(name);
      }
      items.push(item);
    }
    if (items.length > MOST_ITEMS) refuse(`does not end after ${MOST_ITEMS} items`);
    if (marker === undefined || page.next === undefined) return items;
    characters += JSON.stringify(page.items).length;
    if (characters > MOST_CHARACTERS) refuse("is longer than 256 MB");
    const next = await nextPage(readPage, page.next);
    if (!next) return undefined;
    page = next;
  }
}

/** Undefined where the cloud does not know the marker any more. */
async function nextPage(readPage: ReadPage, query: string): Promise<Page | undefined> {
  try {
    return await readPage(query);
  } catch (error) {
    if (error instanceof CloudError && error.code === "bad-request") return undefined;
    throw error;
  }
}
