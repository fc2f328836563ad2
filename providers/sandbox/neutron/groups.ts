import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { SecurityGroup } from "../rows.js";
import { readCreation, readUpdate, textOf } from "./attributes.js";
import { removeReferences } from "./cascade.js";
import { createGroup, ensureDefaultGroup } from "./default-group.js";
import { rulesOfNewGroup } from "./default-rules.js";
import { forbidden, neutronError, noSuchGroup } from "./errors.js";
import { SECURITY_GROUP } from "./kinds.js";
import { listReply, selectFields } from "./listing.js";
import { offered } from "./offered.js";
import { requireNoBody, requireRevision } from "./preconditions.js";
import { requireGroupQuota, requireRuleQuota } from "./quotas.js";
import { isVisible, type Requester } from "./requester.js";
import { isGroupVisible, visibleGroups } from "./sharing.js";
import { revised } from "./standard.js";
import { groupView } from "./views.js";

/** GET /security-groups */
export function listGroups(cloud: Cloud, call: Call, requester: Requester): Reply {
  ensureDefaultGroup(cloud, requester.projectId);
  const items = visibleGroups(cloud, requester).map((it) => groupView(cloud, it, requester));
  return { status: 200, json: listReply(cloud, call, SECURITY_GROUP, items) };
}

/** GET /security-groups/ID */
export function showGroup(cloud: Cloud, call: Call, requester: Requester): Reply {
  const view = groupView(cloud, findGroup(cloud, call.segment("id"), requester), requester);
  return { status: 200, json: { security_group: selectFields(view, call.query) } };
}

/** POST /security-groups, one or many */
export function postGroups(cloud: Cloud, call: Call, requester: Requester): Reply {
  const { bulk, items } = readCreation(call, offered(cloud, SECURITY_GROUP), requester);
  for (const [projectId, count] of countByProject(items.map((it) => textOf(it.project_id)))) {
    requireGroupQuota(cloud, projectId, count);
    ensureDefaultGroup(cloud, projectId);
    requireRuleQuota(cloud, projectId, count * rulesOfNewGroup(cloud, false).length);
  }
  const views = items.map((values) => {
    const group = createGroup(cloud, {
      projectId: textOf(values.project_id),
      name: textOf(values.name),
      description: textOf(values.description),
      stateful: values.stateful !== false,
      isDefault: false,
    });
    return groupView(cloud, group, requester);
  });
  const [first = null] = views;
  return { status: 201, json: bulk ? { security_groups: views } : { security_group: first } };
}

function countByProject(projectIds: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of projectIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** PUT /security-groups/ID */
export function putGroup(cloud: Cloud, call: Call, requester: Requester): Reply {
  const values = readUpdate(call, offered(cloud, SECURITY_GROUP), requester);
  const group = findGroup(cloud, call.segment("id"), requester);
  if (!isVisible(group, requester)) throw forbidden("update_security_group");
  const stateful = values.stateful === undefined ? group.stateful : values.stateful === true;
  if (stateful !== group.stateful && isInUse(cloud, group)) throw groupInUse(group);
  if (group.isDefault && values.name !== undefined) {
    throw neutronError(
      409,
      "SecurityGroupCannotUpdateDefault",
      "Updating default security group not allowed.",
    );
  }
  requireRevision(call, group);
  const isEmpty = Object.keys(values).length === 0;
  const updated = cloud.tables.groups.put({
    ...(isEmpty ? group : revised(cloud, group)),
    stateful,
    name: values.name === undefined ? group.name : textOf(values.name),
    description: values.description === undefined ? group.description : textOf(values.description),
  });
  return { status: 200, json: { security_group: groupView(cloud, updated, requester) } };
}

/** DELETE /security-groups/ID: other groups' rules that name it vanish with it. */
export function deleteGroup(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireNoBody(call);
  const group = findGroup(cloud, call.segment("id"), requester);
  if (!isVisible(group, requester)) throw forbidden("delete_security_group");
  if (isInUse(cloud, group)) throw groupInUse(group);
  if (group.isDefault && !requester.isAdmin) {
    throw neutronError(
      409,
      "SecurityGroupCannotRemoveDefault",
      "Insufficient rights for removing default security group.",
    );
  }
  requireRevision(call, group);
  removeReferences(cloud, group.id);
  cloud.tables.groups.delete(group.id);
  return { status: 204 };
}

/** Throws the refusal of a group that is not there for the requester. */
export function findGroup(cloud: Cloud, id: string, requester: Requester): SecurityGroup {
  const group = cloud.tables.groups.get(id);
  if (group && isGroupVisible(cloud, group, requester)) return group;
  throw noSuchGroup(id);
}

function isInUse(cloud: Cloud, group: SecurityGroup): boolean {
  return cloud.tables.ports.all().some((port) => port.securityGroupIds.includes(group.id));
}

function groupInUse(group: SecurityGroup) {
  return neutronError(409, "SecurityGroupInUse", `Security Group ${group.id} in use.`);
}
