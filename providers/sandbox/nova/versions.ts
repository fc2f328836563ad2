import type { Cloud } from "../cloud.js";
import type { Reply } from "../http.js";
import { MAXIMUM } from "./microversion.js";

/** GET /: the versions there are */
export function showVersions(cloud: Cloud): Reply {
  return { status: 200, json: { versions: [describe(cloud)] } };
}

/** GET /v2.1 */
export function showVersion(cloud: Cloud): Reply {
  const { links, ...rest } = describe(cloud);
  const type = "application/vnd.openstack.compute+json;version=2.1";
  const version = {
    ...rest,
    links: [
      ...links,
      { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" },
    ],
    "media-types": [{ base: "application/json", type }],
  };
  return { status: 200, json: { version } };
}

function describe(cloud: Cloud) {
  return {
    id: "v2.1",
    status: "CURRENT",
    version: `2.${MAXIMUM}`,
    min_version: "2.1",
    updated: "2013-07-23T11:33:21Z",
    links: [{ rel: "self", href: `${cloud.urls.compute}/v2.1/` }],
  };
}
