import { CloudError } from "../../../engine/model/errors.js";
import type { OpenStack } from "../cloud.js";
import { text } from "./answer.js";
import type { Collection } from "./collection.js";
import { wasSeen } from "./seen.js";

/** Ids in one request: so many make a query of 2 kB. */
const IDS_PER_REQUEST = 50;

/** What was asked about already, by its path in the API and its id. */
const asked = new WeakMap<OpenStack, Map<string, Promise<boolean>>>();

/**
 * Those of the ids under which the cloud shows nothing to this log-in, which it therefore refuses to
 * name. What the log-in has listed is known; only about the rest it is asked, once for each id, and with
 * a list that holds what other projects share. A cloud that does not answer has all of them.
 */
export async function findMissing(
  cloud: OpenStack,
  collection: Collection,
  ids: readonly string[],
): Promise<readonly string[]> {
  const known = asked.get(cloud) ?? new Map<string, Promise<boolean>>();
  asked.set(cloud, known);
  const keyOf = (id: string) => `${collection.path} ${id}`;
  const unseen = [...new Set(ids)].filter((id) => !wasSeen(cloud, id));
  const fresh = unseen.filter((id) => !known.has(keyOf(id)));
  for (let from = 0; from < fresh.length; from += IDS_PER_REQUEST) {
    const some = fresh.slice(from, from + IDS_PER_REQUEST);
    const there = ask(cloud, collection, some);
    for (const id of some)
      known.set(
        keyOf(id),
        there.then((it) => it.has(id.toLowerCase())),
      );
  }
  const there = await Promise.all(unseen.map((id) => known.get(keyOf(id))));
  return unseen.filter((_, index) => there[index] === false);
}

async function ask(
  { neutron }: OpenStack,
  { path, key }: Collection,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  try {
    const query = { id: ids, fields: ["id"] };
    const found = await neutron.list(path, key, { query, marker: "id" });
    return new Set(found.map((it) => text(it.id).toLowerCase()));
  } catch (error) {
    // A plan does not fail on a question that nobody asked for.
    if (error instanceof CloudError) return new Set(ids.map((it) => it.toLowerCase()));
    throw error;
  }
}
