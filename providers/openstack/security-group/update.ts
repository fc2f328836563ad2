import { CloudError } from "../../../engine/model/errors.js";
import { isObject, type JsonObject, type ValueObject } from "../../../engine/model/value.js";
import type { UpdateRequest } from "../../../engine/model/write-request.js";
import type { Written } from "../../../engine/model/written.js";
import type { OpenStack } from "../cloud.js";
import { changedFields } from "../network/changed-fields.js";
import { changeRules } from "./change-rules.js";
import { groupPath } from "./list.js";
import { newNeeds, requireAll } from "./needs.js";
import { reconcileGroup } from "./reconcile.js";
import { rulesFromValue, rulesJson } from "./rule-attributes.js";
import { storedFields, storedTags } from "./stored-group.js";
import { describeUsers } from "./users.js";

/** Makes a group as desired; what is the same already is not sent. */
export async function updateGroup(cloud: OpenStack, request: UpdateRequest): Promise<Written> {
  const { id, existing, report } = request;
  const desired = reconcileGroup(request.desired, existing);
  const have = rulesFromValue(existing.rules);
  const wanted = rulesFromValue(desired.rules);
  await requireAll(cloud, newNeeds(desired, existing));
  const fields = await updateFields(cloud, id, desired, existing);
  const tags = await updateTags(cloud, id, desired, existing);
  const changed = { ...existing, ...fields, ...tags };
  if (desired.rules === undefined) return { id, attributes: changed };
  const { rules, notes } = await changeRules(cloud, id, { wanted, have, report });
  return { id, attributes: { ...changed, rules: rulesJson(rules) }, notes };
}

/** The name of the default group is never among them: Neutron refuses even the same name. */
async function updateFields(
  cloud: OpenStack,
  id: string,
  desired: ValueObject,
  existing: JsonObject,
): Promise<JsonObject> {
  const body = changedFields(["name", "description", "stateful"], desired, existing);
  if (Object.keys(body).length === 0) return {};
  const { security_group: group } = await putFields(cloud, id, body);
  return isObject(group) ? storedFields(group) : body;
}

/** Neutron changes `stateful` of a group that no port has, and refuses it of any other. */
async function putFields(cloud: OpenStack, id: string, body: JsonObject): Promise<JsonObject> {
  try {
    return await cloud.neutron.put(groupPath(id), { security_group: body });
  } catch (error) {
    if (!(error instanceof CloudError) || error.code !== "in-use") throw error;
    throw new CloudError(
      "in-use",
      `\`stateful\` cannot change while the security group is in use by ${await describeUsers(cloud, id)}`,
      error.response,
      {
        cause: error,
        help: "Take the group off these ports first, or declare a new group and give it to them instead.",
      },
    );
  }
}

async function updateTags(
  cloud: OpenStack,
  id: string,
  desired: ValueObject,
  existing: JsonObject,
): Promise<JsonObject> {
  const body = changedFields(["tags"], desired, existing);
  if (Object.keys(body).length === 0) return {};
  return { tags: storedTags(await cloud.neutron.put(`${groupPath(id)}/tags`, body)) };
}
