import { CloudError } from "../../../engine/model/errors.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "./answer.js";
import { markSeen, wasSeen } from "./seen.js";

/** A kind of thing that Neutron keeps for a project. */
export interface Collection {
  readonly path: string;
  /** The key of a list in an answer. */
  readonly key: string;
  /** What one is called. */
  readonly thing: string;
}

/**
 * Those of the log-in's project. Without the filter an administrator would see every project's, and
 * anybody those that are shared with the project; a cloud that ignores filters it does not know
 * gives them all the same.
 */
async function listOwn(
  cloud: OpenStack,
  { path, key }: Collection,
  query: { readonly name?: string } = {},
): Promise<readonly JsonObject[]> {
  const project = cloud.identity.project.id;
  const found = await cloud.neutron.list(path, key, {
    query: { project_id: project, ...query },
    marker: "id",
  });
  return found.filter((it) => (it.project_id ?? it.tenant_id ?? project) === project);
}

/** Those of the log-in's project; each counts as seen from now on. */
export async function listAndMark(
  cloud: OpenStack,
  collection: Collection,
): Promise<readonly JsonObject[]> {
  const found = await listOwn(cloud, collection);
  markSeen(
    cloud,
    found.map((it) => text(it.id)),
  );
  return found;
}

/**
 * What a request whose answer was lost has made: of that name, and new. Throws `conflict` where that
 * may be several.
 */
export async function findNew(
  cloud: OpenStack,
  collection: Collection,
  name: string,
): Promise<JsonObject | undefined> {
  const found = await listOwn(cloud, collection, { name });
  // Neutron compares names without case on some databases.
  const made = found.filter((it) => it.name === name && wasSeen(cloud, text(it.id)) !== true);
  const [first, ...others] = made;
  if (!first) return undefined;
  if (others.length === 0 && wasSeen(cloud, text(first.id)) === false) return first;
  throw new CloudError(
    "conflict",
    `no answer came, and there is more than one new ${collection.thing} named ${JSON.stringify(name)}`,
    { effect: "unknown" },
  );
}
