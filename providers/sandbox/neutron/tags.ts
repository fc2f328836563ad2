import { isObject, type Json } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { pythonText } from "../python.js";
import type { SecurityGroup } from "../rows.js";
import { parseBody } from "./attributes.js";
import { textReason } from "./conversions.js";
import { invalidInput, neutronError } from "./errors.js";
import { isVisible, type Requester } from "./requester.js";
import { revised } from "./standard.js";

/** GET /security-groups/ID/tags */
export function listTags(cloud: Cloud, call: Call, requester: Requester): Reply {
  return { status: 200, json: { tags: findGroup(cloud, call, requester).tags } };
}

/** PUT /security-groups/ID/tags replaces them all */
export function putTags(cloud: Cloud, call: Call, requester: Requester): Reply {
  const tags = readTags(call);
  change(cloud, findGroup(cloud, call, requester), tags);
  return { status: 200, json: { tags } };
}

/** DELETE /security-groups/ID/tags */
export function deleteTags(cloud: Cloud, call: Call, requester: Requester): Reply {
  change(cloud, findGroup(cloud, call, requester), []);
  return { status: 204 };
}

/** GET /security-groups/ID/tags/TAG tells whether it is there */
export function showTag(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireTag(findGroup(cloud, call, requester), call.segment("tag"));
  return { status: 204 };
}

/** PUT /security-groups/ID/tags/TAG adds one */
export function putTag(cloud: Cloud, call: Call, requester: Requester): Reply {
  const group = findGroup(cloud, call, requester);
  const tag = call.segment("tag");
  if (!group.tags.includes(tag)) change(cloud, group, [...group.tags, tag]);
  return { status: 201, json: null };
}

/** DELETE /security-groups/ID/tags/TAG */
export function deleteTag(cloud: Cloud, call: Call, requester: Requester): Reply {
  const group = findGroup(cloud, call, requester);
  const tag = call.segment("tag");
  requireTag(group, tag);
  const others = group.tags.filter((it) => it !== tag);
  change(cloud, group, others);
  return { status: 204 };
}

/** POST /security-groups/ID/tags: only later releases add to a list so. */
export function postTags(): Reply {
  throw neutronError(404, "HTTPNotFound", "not supported");
}

function change(cloud: Cloud, group: SecurityGroup, tags: readonly string[]): void {
  cloud.tables.groups.put({ ...revised(cloud, group), tags: [...tags].sort() });
}

function requireTag(group: SecurityGroup, tag: string): void {
  if (group.tags.includes(tag)) return;
  throw neutronError(404, "TagNotFound", `Tag ${tag} could not be found.`);
}

function readTags(call: Call): readonly string[] {
  const body = parseBody(call);
  if (!isObject(body) || body.tags === undefined) throw invalidInput("Invalid tags body");
  const tags: unknown = body.tags;
  if (!Array.isArray(tags)) throw invalidInput(`'${String(tags)}' is not a list`);
  const items: readonly Json[] = tags;
  const twice = items.find((tag, index) => items.indexOf(tag) !== index);
  if (twice !== undefined) {
    throw invalidInput(`Duplicate items in the list: '${pythonText(twice)}'`);
  }
  return items.map((tag) => {
    const reason = textReason(tag);
    if (reason !== undefined) throw invalidInput(reason);
    return pythonText(tag);
  });
}

function findGroup(cloud: Cloud, call: Call, requester: Requester): SecurityGroup {
  const id = call.segment("id");
  const group = cloud.tables.groups.get(id);
  if (group && isVisible(group, requester)) return group;
  throw neutronError(
    404,
    "TagResourceNotFound",
    `Resource security_groups ${id} could not be found.`,
  );
}
