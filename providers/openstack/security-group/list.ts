import type { RemoteObject } from "../../../engine/model/provider.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { storedAttributes, text } from "./stored-group.js";

/** Ids of the groups that a log-in has seen: what is not among them was made since. */
const seen = new WeakMap<OpenStack, Set<string>>();

/**
 * The project's groups with their rules, in one call a page. Without the filter an administrator
 * would see every project's, and anybody those that are shared with the project; a cloud that
 * ignores filters it does not know gives them all the same.
 */
export async function listGroups(cloud: OpenStack): Promise<readonly RemoteObject[]> {
  const { project } = cloud.identity;
  const listed = await cloud.neutron.list("/security-groups", "security_groups", {
    query: { project_id: project.id },
    marker: "id",
  });
  const groups = listed.filter(
    (it) => (it.project_id ?? it.tenant_id ?? project.id) === project.id,
  );
  markSeen(
    cloud,
    groups.map((group) => text(group.id)),
  );
  return groups.map(remoteGroup);
}

function remoteGroup(group: JsonObject): RemoteObject {
  return {
    id: text(group.id),
    name: text(group.name),
    attributes: storedAttributes(group),
    ...(typeof group.updated_at === "string" && { updatedAt: group.updated_at }),
  };
}

export function markSeen(cloud: OpenStack, ids: readonly string[]): void {
  const known = seen.get(cloud) ?? new Set();
  for (const id of ids) known.add(id);
  seen.set(cloud, known);
}

/** Whether a group was there before; undefined where nobody has looked. */
export function wasSeen(cloud: OpenStack, id: string): boolean | undefined {
  return seen.get(cloud)?.has(id);
}
