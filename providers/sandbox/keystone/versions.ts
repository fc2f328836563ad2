import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Reply } from "../http.js";

/** GET /: the versions there are */
export function showVersions(cloud: Cloud): Reply {
  return {
    status: 300,
    headers: { location: `${cloud.urls.identity}/v3/` },
    json: { versions: { values: [version(cloud)] } },
  };
}

/** GET /v3 */
export function showVersion(cloud: Cloud): Reply {
  return { status: 200, json: { version: version(cloud) } };
}

function version(cloud: Cloud): JsonObject {
  const type = "application/vnd.openstack.identity-v3+json";
  return {
    id: "v3.14",
    status: "stable",
    updated: "2020-04-07T00:00:00Z",
    links: [{ rel: "self", href: `${cloud.urls.identity}/v3/` }],
    "media-types": [{ base: "application/json", type }],
  };
}
