import type { CloudIdentity } from "../model/cloud-identity.js";
import type { JsonObject } from "../model/value.js";
import { present } from "./present.js";

/** `{name, auth_url, region?, project: {id, name}, user: {id, name}}`. */
export function cloudJson(cloud: CloudIdentity): JsonObject {
  const { name, authUrl, region, project, user } = cloud;
  return present({
    name,
    auth_url: authUrl,
    region,
    project: { id: project.id, name: project.name },
    user: { id: user.id, name: user.name },
  });
}
