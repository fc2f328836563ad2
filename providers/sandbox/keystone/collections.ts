import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call } from "../http.js";

/** A list as Keystone writes it: it has no pages. */
export function listView(
  cloud: Cloud,
  call: Call,
  name: string,
  items: readonly JsonObject[],
): JsonObject {
  const self = new URL(cloud.urls.identity).origin + call.target;
  return { [name]: items, links: { next: null, self, previous: null } };
}
