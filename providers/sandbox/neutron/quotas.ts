import { isObject, type JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Reply } from "../http.js";
import type { Values } from "./attributes.js";
import { badRequest, forbidden, overQuota } from "./errors.js";
import type { Requester } from "./requester.js";

/** Limits of what is no matter here; the numbers are Neutron's own defaults. */
const OTHERS = { network: 100, subnet: 100, subnetpool: -1, port: 500, rbac_policy: 10 };

/** Refuses more groups than the project may have. */
export function requireGroupQuota(cloud: Cloud, projectId: string, more: number): void {
  const used = cloud.tables.groups.count("project", projectId);
  requireRoom(cloud, projectId, "security_group", used + more);
}

/** Refuses more rules than the project may have. */
export function requireRuleQuota(cloud: Cloud, projectId: string, more: number): void {
  const used = cloud.tables.rules.count("project", projectId);
  requireRoom(cloud, projectId, "security_group_rule", used + more);
}

function requireRoom(cloud: Cloud, projectId: string, resource: string, total: number): void {
  const limit = limitsOf(cloud, projectId)[resource] ?? -1;
  if (limit >= 0 && total > limit) throw overQuota(resource);
}

function limitsOf(cloud: Cloud, projectId: string): Readonly<Record<string, number>> {
  return { ...defaultLimits(cloud), ...cloud.tables.quotas.get(projectId)?.limits };
}

function defaultLimits(cloud: Cloud): Readonly<Record<string, number>> {
  return {
    ...OTHERS,
    security_group: cloud.quotas.securityGroups,
    security_group_rule: cloud.quotas.securityGroupRules,
  };
}

/** GET /quotas/PROJECT */
export function showQuota(cloud: Cloud, projectId: string, requester: Requester): Reply {
  requireOwn(projectId, requester, "get_quota");
  return { status: 200, json: { quota: limitsOf(cloud, projectId) } };
}

/** GET /quotas/PROJECT/default */
export function showDefaultQuota(cloud: Cloud, projectId: string, requester: Requester): Reply {
  requireOwn(projectId, requester, "get_quota");
  return { status: 200, json: { quota: defaultLimits(cloud) } };
}

/** GET /quotas/PROJECT/details.json */
export function showUsage(cloud: Cloud, projectId: string, requester: Requester): Reply {
  requireOwn(projectId, requester, "get_quota");
  const used: Readonly<Record<string, number>> = {
    security_group: cloud.tables.groups.count("project", projectId),
    security_group_rule: cloud.tables.rules.count("project", projectId),
    network: cloud.tables.networks.all().filter((it) => it.projectId === projectId).length,
    port: cloud.tables.ports.all().filter((it) => it.projectId === projectId).length,
  };
  const details = Object.entries(limitsOf(cloud, projectId)).map(([resource, limit]) => [
    resource,
    { limit, used: used[resource] ?? 0, reserved: 0 },
  ]);
  return { status: 200, json: { quota: Object.fromEntries(details) } };
}

/** PUT /quotas/PROJECT, for administrators. */
export function updateQuota(
  cloud: Cloud,
  projectId: string,
  requester: Requester,
  body: Values,
): Reply {
  if (!requester.isAdmin) throw forbidden("update_quota");
  const limits = { ...cloud.tables.quotas.get(projectId)?.limits, ...readLimits(cloud, body) };
  cloud.tables.quotas.put({ id: projectId, limits });
  return { status: 200, json: { quota: limitsOf(cloud, projectId) } };
}

/** DELETE /quotas/PROJECT, for administrators: back to the defaults. */
export function resetQuota(cloud: Cloud, projectId: string, requester: Requester): Reply {
  if (!requester.isAdmin) throw forbidden("delete_quota");
  cloud.tables.quotas.delete(projectId);
  return { status: 204 };
}

function readLimits(cloud: Cloud, body: JsonObject): Readonly<Record<string, number>> {
  const known = defaultLimits(cloud);
  const limits: Record<string, number> = {};
  for (const [resource, limit] of Object.entries(isObject(body.quota) ? body.quota : {})) {
    if (!(resource in known)) throw badRequest(`Unrecognized attribute(s) '${resource}'`);
    limits[resource] = Number(limit);
  }
  return limits;
}

function requireOwn(projectId: string, requester: Requester, rule: string): void {
  if (projectId !== requester.projectId && !requester.isAdmin) throw forbidden(rule);
}
