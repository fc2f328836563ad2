import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "./answer.js";
import { markSeen } from "./seen.js";

/** A kind of thing that Neutron keeps for a project. */
export interface Collection {
  readonly path: string;
  /** The key of a list in an answer. */
  readonly key: string;
  /** The key of one in an answer. */
  readonly member: string;
  /** What one is called. */
  readonly thing: string;
  /** One as Neutron answers it, in canonical form. */
  readonly attributesOf: (stored: JsonObject) => JsonObject;
}

/**
 * Those of the log-in's project. Without the filter an administrator would see every project's, and
 * anybody those that are shared with the project; a cloud that ignores filters it does not know
 * gives them all the same.
 */
export async function listOwn(
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
