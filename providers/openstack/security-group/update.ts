import type { UpdateRequest, Written } from "../../../engine/model/provider.js";
import {
  equalJson,
  hasUnknown,
  isObject,
  type Json,
  type JsonObject,
  redact,
  type ValueObject,
} from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { changeRules } from "./change-rules.js";
import { reconcileGroup } from "./reconcile.js";
import { rulesFromValue, rulesJson } from "./rule-attributes.js";
import { storedFields, storedTags } from "./stored-group.js";

/** Makes a group as desired; what is the same already is not sent. */
export async function updateGroup(cloud: OpenStack, request: UpdateRequest): Promise<Written> {
  const { id, existing, report } = request;
  const desired = reconcileGroup(request.desired, existing);
  const path = `/security-groups/${encodeURIComponent(id)}`;
  const fields = await updateFields(cloud, path, desired, existing);
  const tags = await updateTags(cloud, path, desired, existing);
  const changed = { ...existing, ...fields, ...tags };
  if (desired.rules === undefined) return { id, attributes: changed };
  const { rules, notes } = await changeRules(cloud, id, {
    wanted: rulesFromValue(desired.rules),
    have: rulesFromValue(existing.rules),
    report,
  });
  return { id, attributes: { ...changed, rules: rulesJson(rules) }, notes };
}

/** The name of the default group is never among them: Neutron refuses even the same name. */
async function updateFields(
  cloud: OpenStack,
  path: string,
  desired: ValueObject,
  existing: JsonObject,
): Promise<JsonObject> {
  const body = different(["name", "description", "stateful"], desired, existing);
  if (Object.keys(body).length === 0) return {};
  const { security_group: group } = await cloud.neutron.put(path, { security_group: body });
  return isObject(group) ? storedFields(group) : body;
}

async function updateTags(
  cloud: OpenStack,
  path: string,
  desired: ValueObject,
  existing: JsonObject,
): Promise<JsonObject> {
  const body = different(["tags"], desired, existing);
  if (Object.keys(body).length === 0) return {};
  return { tags: storedTags(await cloud.neutron.put(`${path}/tags`, body)) };
}

function different(
  keys: readonly string[],
  desired: ValueObject,
  existing: JsonObject,
): JsonObject {
  const entries = keys.flatMap((key): [string, Json][] => {
    const value = desired[key];
    if (value === undefined) return [];
    if (hasUnknown(value)) throw new TypeError(`${key} is still unknown when it is needed`);
    const json = redact(value);
    return equalJson(json, existing[key]) ? [] : [[key, json]];
  });
  return Object.fromEntries(entries);
}
