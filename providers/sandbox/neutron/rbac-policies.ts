import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { RbacPolicy } from "../rows.js";
import { readCreation, textOf } from "./attributes.js";
import { invalidInput, neutronError } from "./errors.js";
import { RBAC_POLICY } from "./kinds.js";
import { listReply, selectFields } from "./listing.js";
import { requireNoBody } from "./preconditions.js";
import { isVisible, type Requester } from "./requester.js";
import { EVERYBODY } from "./sharing.js";

const ACTION = "access_as_shared";

/** GET /rbac-policies: those that the project made, not those that give it something */
export function listPolicies(cloud: Cloud, call: Call, requester: Requester): Reply {
  const rows = cloud.tables.rbacPolicies.all().filter((it) => isVisible(it, requester));
  return { status: 200, json: listReply(cloud, call, RBAC_POLICY, rows.map(view)) };
}

/** GET /rbac-policies/ID */
export function showPolicy(cloud: Cloud, call: Call, requester: Requester): Reply {
  const policy = view(find(cloud, call, requester));
  return { status: 200, json: { rbac_policy: selectFields(policy, call.query) } };
}

/** POST /rbac-policies: shares a security group, the only kind that can be shared here */
export function postPolicy(cloud: Cloud, call: Call, requester: Requester): Reply {
  const { items } = readCreation(call, RBAC_POLICY, requester);
  const rows = items.map((values): RbacPolicy => {
    const [target, action] = [textOf(values.target_tenant), textOf(values.action)];
    if (target === EVERYBODY && !requester.isAdmin) throw notToEverybody();
    const group = cloud.tables.groups.get(textOf(values.object_id));
    if (!group) throw notFound(textOf(values.object_id));
    if (!isVisible(group, requester)) throw notTheOwner();
    if (action !== ACTION) throw wrongAction(action);
    const others = cloud.tables.rbacPolicies.by("object", group.id);
    if (others.some((it) => it.target === target)) throw double();
    const projectId = textOf(values.project_id);
    return { id: randomUUID(), projectId, objectId: group.id, target };
  });
  const [first = null] = rows.map((it) => view(cloud.tables.rbacPolicies.put(it)));
  return { status: 201, json: { rbac_policy: first } };
}

/** DELETE /rbac-policies/ID */
export function deletePolicy(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireNoBody(call);
  cloud.tables.rbacPolicies.delete(find(cloud, call, requester).id);
  return { status: 204 };
}

function find(cloud: Cloud, call: Call, requester: Requester): RbacPolicy {
  const id = call.segment("id");
  const policy = cloud.tables.rbacPolicies.get(id);
  if (policy && isVisible(policy, requester)) return policy;
  throw notFound(id);
}

function view(policy: RbacPolicy): JsonObject {
  return {
    id: policy.id,
    project_id: policy.projectId,
    tenant_id: policy.projectId,
    action: ACTION,
    object_id: policy.objectId,
    object_type: "security_group",
    target_tenant: policy.target,
  };
}

function notFound(id: string) {
  const message = `RBAC policy of type unknown with ID ${id} not found`;
  return neutronError(404, "RbacPolicyNotFound", message);
}

function double() {
  const message = "An RBAC policy already exists with those values.";
  return neutronError(409, "DuplicateRbacPolicy", message);
}

function wrongAction(action: string) {
  const message = `Invalid action '${action}' for object type 'security_group'. Valid actions: ('${ACTION}',)`;
  return neutronError(400, "InvalidActionForType", message);
}

function notTheOwner() {
  return invalidInput("Only admins can manipulate policies on objects they do not own");
}

function notToEverybody() {
  const of = (part: string) => `rule:create_rbac_policy:${part}`;
  const rules = `((((rule:create_rbac_policy and ${of("object_type")}) and ${of("object_id")}) and ${of("target_tenant")}) and ${of("action")})`;
  return neutronError(403, "PolicyNotAuthorized", `${rules} is disallowed by policy`);
}
