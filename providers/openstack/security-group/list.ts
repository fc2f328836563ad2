import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
import { text } from "../network/answer.js";
import { type Collection, listAndMark } from "../network/collection.js";
import { storedAttributes } from "./stored-group.js";

export const GROUPS: Collection = {
  path: "/security-groups",
  key: "security_groups",
  member: "security_group",
  thing: "security group",
  attributesOf: storedAttributes,
};

export function groupPath(id: string): string {
  return `${GROUPS.path}/${pathSegment(id)}`;
}

/** The project's groups with their rules, in one call a page. */
export async function listGroups(cloud: OpenStack): Promise<readonly RemoteObject[]> {
  return (await listAndMark(cloud, GROUPS)).map(remoteGroup);
}

function remoteGroup(group: JsonObject): RemoteObject {
  return {
    id: text(group.id),
    name: text(group.name),
    attributes: storedAttributes(group),
    ...(typeof group.updated_at === "string" && { updatedAt: group.updated_at }),
  };
}
