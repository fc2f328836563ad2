import { CloudError } from "../../../engine/model/errors.js";
import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
import { text } from "../network/answer.js";
import { type Collection, listAndMark } from "../network/collection.js";
import { storedAddresses } from "./addresses.js";

export const ADDRESS_GROUPS: Collection = {
  path: "/address-groups",
  key: "address_groups",
  member: "address_group",
  thing: "address group",
  attributesOf: storedAttributes,
};

export function addressGroupPath(id: string): string {
  return `${ADDRESS_GROUPS.path}/${pathSegment(id)}`;
}

/** The project's address groups; none where the cloud does not have the extension. */
export async function listAddressGroups(cloud: OpenStack): Promise<readonly RemoteObject[]> {
  try {
    return (await listAndMark(cloud, ADDRESS_GROUPS)).map(remoteAddressGroup);
  } catch (error) {
    if (error instanceof CloudError && error.code === "not-found") return [];
    throw error;
  }
}

function remoteAddressGroup(group: JsonObject): RemoteObject {
  return {
    id: text(group.id),
    name: text(group.name),
    attributes: storedAttributes(group),
    ...(typeof group.updated_at === "string" && { updatedAt: group.updated_at }),
  };
}

/** A group as Neutron answers it, in canonical form. */
export function storedAttributes(group: JsonObject): JsonObject {
  return {
    id: text(group.id),
    name: text(group.name),
    description: text(group.description),
    addresses: storedAddresses(group),
  };
}
