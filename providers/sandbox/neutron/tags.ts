import type { Json } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { Standard } from "../rows.js";
import { readBody } from "./attributes.js";
import { textReason } from "./conversions.js";
import { invalidInput, neutronError } from "./errors.js";
import { isVisible, type Requester } from "./requester.js";
import { revised } from "./standard.js";

/** An object with tags, and how to store it anew. */
interface Tagged {
  readonly row: Standard;
  store(row: Standard): void;
}

/** GET .../ID/tags */
export function listTags(cloud: Cloud, call: Call, requester: Requester): Reply {
  return { status: 200, json: { tags: findTagged(cloud, call, requester).row.tags } };
}

/** PUT .../ID/tags replaces them all */
export function putTags(cloud: Cloud, call: Call, requester: Requester): Reply {
  const tags = readTags(call);
  change(cloud, findTagged(cloud, call, requester), tags);
  return { status: 200, json: { tags } };
}

/** DELETE .../ID/tags */
export function deleteTags(cloud: Cloud, call: Call, requester: Requester): Reply {
  change(cloud, findTagged(cloud, call, requester), []);
  return { status: 204 };
}

/** GET .../ID/tags/TAG tells whether it is there */
export function showTag(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireTag(findTagged(cloud, call, requester), call.segment("tag"));
  return { status: 204 };
}

/** PUT .../ID/tags/TAG adds one */
export function putTag(cloud: Cloud, call: Call, requester: Requester): Reply {
  const tagged = findTagged(cloud, call, requester);
  const tag = call.segment("tag");
  if (!tagged.row.tags.includes(tag)) change(cloud, tagged, [...tagged.row.tags, tag]);
  return { status: 201, json: null };
}

/** DELETE .../ID/tags/TAG */
export function deleteTag(cloud: Cloud, call: Call, requester: Requester): Reply {
  const tagged = findTagged(cloud, call, requester);
  const tag = call.segment("tag");
  requireTag(tagged, tag);
  change(
    cloud,
    tagged,
    tagged.row.tags.filter((it) => it !== tag),
  );
  return { status: 204 };
}

/** POST .../ID/tags: only later releases add to a list so. */
export function postTags(): Reply {
  throw neutronError(404, "HTTPNotFound", "not supported");
}

function change(cloud: Cloud, { row, store }: Tagged, tags: readonly string[]): void {
  store({ ...revised(cloud, row), tags: [...tags].sort() });
}

function requireTag({ row }: Tagged, tag: string): void {
  if (row.tags.includes(tag)) return;
  throw neutronError(404, "TagNotFound", `Tag ${tag} could not be found.`);
}

function readTags(call: Call): readonly string[] {
  const { tags } = readBody(call);
  if (tags === undefined) throw invalidInput("Invalid tags body");
  if (!isList(tags)) throw invalidInput(`'${String(tags)}' is not a list`);
  const twice = tags.find((tag, index) => tags.indexOf(tag) !== index);
  if (twice !== undefined) throw invalidInput(`Duplicate items in the list: '${String(twice)}'`);
  return tags.map((tag) => {
    const reason = textReason(tag);
    if (reason !== undefined) throw invalidInput(reason);
    return String(tag);
  });
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function findTagged(cloud: Cloud, call: Call, requester: Requester): Tagged {
  const { groups, rules } = cloud.tables;
  const [collection, id] = [call.segment("collection"), call.segment("id")];
  const group = collection === "security-groups" ? groups.get(id) : undefined;
  if (group && isVisible(group, requester)) {
    return { row: group, store: (row) => groups.put({ ...group, ...row }) };
  }
  const rule = collection === "security-group-rules" ? rules.get(id) : undefined;
  if (rule && isVisible(rule, requester)) {
    return { row: rule, store: (row) => rules.put({ ...rule, ...row }) };
  }
  const name = collection.replaceAll("-", "_");
  throw neutronError(404, "TagResourceNotFound", `Resource ${name} ${id} could not be found.`);
}
