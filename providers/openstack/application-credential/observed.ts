import type { RemoteObject } from "../../../engine/model/remote-object.js";
import { type JsonObject, scalarText } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
import { observedAccessRules } from "./access-rule.js";
import { parseKeystoneTime } from "./expiry.js";
import { observedRoles } from "./role.js";

/**
 * Where a user's credentials are: `GET`, `POST` and, with an id, `DELETE`; there is no update.
 * https://docs.openstack.org/api-ref/identity/v3/#application-credentials
 */
export function collectionPath(cloud: OpenStack): string {
  return `/users/${pathSegment(cloud.identity.user.id)}/application_credentials`;
}

/** Where one credential is. */
export function itemPath(cloud: OpenStack, id: string): string {
  return `${collectionPath(cloud)}/${pathSegment(id)}`;
}

/** All credentials of the user, those of other projects too: a name is taken in all of them. */
export async function list(cloud: OpenStack): Promise<readonly RemoteObject[]> {
  const items = await cloud.keystone.list(collectionPath(cloud), "application_credentials", {
    marker: "id",
  });
  return items.map(observed);
}

/** A credential as Keystone tells it, in canonical form. */
export function observed(raw: JsonObject): RemoteObject {
  const id = scalarText(raw.id);
  const name = scalarText(raw.name);
  return {
    id,
    name,
    attributes: {
      id,
      name,
      description: raw.description ?? "",
      expires_at: typeof raw.expires_at === "string" ? parseKeystoneTime(raw.expires_at) : null,
      roles: observedRoles(raw.roles),
      unrestricted: raw.unrestricted ?? false,
      access_rules: observedAccessRules(raw.access_rules),
      project_id: raw.project_id ?? null,
    },
  };
}
