import { isObject, type Json, type JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { isAdmin } from "../keystone/tokens.js";
import { pythonLiteral, pythonText } from "../python.js";
import { readJson } from "./body.js";
import { novaError } from "./errors.js";
import type { Microversion } from "./microversion.js";

/** Limits of what is no matter here; the numbers are Nova's own defaults. */
const OTHERS = {
  cores: 20,
  instances: 10,
  metadata_items: 128,
  ram: 51_200,
  server_group_members: 10,
  server_groups: 10,
};

/** Nova's own network, gone in 2.36. */
const NETWORK = { fixed_ips: -1, floating_ips: -1, security_group_rules: -1, security_groups: -1 };

/** Files put into servers, gone in 2.57. */
const FILES = {
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
  injected_files: 5,
};

/** How many key pairs a user may have who works in this project. */
export function keyPairLimit(cloud: Cloud, projectId: string | undefined): number {
  const own = cloud.tables.novaQuotas.get(projectId ?? "")?.limits.key_pairs;
  return own ?? cloud.quotas.keyPairs;
}

/** GET /limits: those of the token's project. Of what is here, only that of key pairs matters. */
export function showLimits(cloud: Cloud, _: Call, token: Token, version: Microversion): Reply {
  const limits = limitsOf(cloud, token.projectId, version);
  const absolute = {
    maxTotalInstances: limits.instances,
    maxTotalCores: limits.cores,
    maxTotalRAMSize: limits.ram,
    maxServerMeta: limits.metadata_items,
    ...(version < 39 && { maxImageMeta: limits.metadata_items }),
    ...(version < 57 && {
      maxPersonality: limits.injected_files,
      maxPersonalitySize: limits.injected_file_content_bytes,
    }),
    maxTotalKeypairs: limits.key_pairs,
    maxServerGroups: limits.server_groups,
    maxServerGroupMembers: limits.server_group_members,
    ...(version < 36 && {
      maxTotalFloatingIps: limits.floating_ips,
      maxSecurityGroups: limits.security_groups,
      maxSecurityGroupRules: limits.security_group_rules,
      totalFloatingIpsUsed: 0,
      totalSecurityGroupsUsed: 0,
    }),
    totalRAMUsed: 0,
    totalCoresUsed: 0,
    totalInstancesUsed: 0,
    totalServerGroupsUsed: 0,
  };
  return { status: 200, json: { limits: { rate: [], absolute: absolute as JsonObject } } };
}

/** GET /os-quota-sets/PROJECT */
export function showQuotaSet(cloud: Cloud, call: Call, _: Token, version: Microversion): Reply {
  const id = call.segment("project");
  return { status: 200, json: { quota_set: { id, ...limitsOf(cloud, id, version) } } };
}

/** GET /os-quota-sets/PROJECT/detail: Nova counts no use, as key pairs belong to users */
export function showQuotaUse(cloud: Cloud, call: Call, _: Token, version: Microversion): Reply {
  const id = call.segment("project");
  const details = Object.entries(limitsOf(cloud, id, version)).map(([resource, limit]) => [
    resource,
    { limit, in_use: 0, reserved: 0 },
  ]);
  return { status: 200, json: { quota_set: { id, ...Object.fromEntries(details) } } };
}

/** PUT /os-quota-sets/PROJECT, for administrators; quotas of single users are not here */
export function putQuotaSet(cloud: Cloud, call: Call, token: Token, version: Microversion): Reply {
  requireAdmin(cloud, token, "update");
  const id = call.segment("project");
  const given = readLimits(limitsOf(cloud, id, version), call);
  const limits = { ...cloud.tables.novaQuotas.get(id)?.limits, ...given };
  cloud.tables.novaQuotas.put({ id, limits });
  return { status: 200, json: { quota_set: limitsOf(cloud, id, version) } };
}

/** DELETE /os-quota-sets/PROJECT, for administrators: back to the defaults */
export function deleteQuotaSet(cloud: Cloud, call: Call, token: Token): Reply {
  requireAdmin(cloud, token, "delete");
  cloud.tables.novaQuotas.delete(call.segment("project"));
  return { status: 202 };
}

/** GET /servers: there are none */
export function listServers(_cloud: Cloud, _call: Call, _token: Token): Reply {
  return { status: 200, json: { servers: [] } };
}

function limitsOf(
  cloud: Cloud,
  projectId: string | undefined,
  version: Microversion,
): Readonly<Record<string, number>> {
  return {
    ...OTHERS,
    ...(version < 36 && NETWORK),
    ...(version < 57 && FILES),
    ...cloud.tables.novaQuotas.get(projectId ?? "")?.limits,
    key_pairs: keyPairLimit(cloud, projectId),
  };
}

function readLimits(known: JsonObject, call: Call): Readonly<Record<string, number>> {
  const body = readJson(call);
  const given = isObject(body) && isObject(body.quota_set) ? (body.quota_set as JsonObject) : {};
  const entries = Object.entries(given).map(([resource, limit]): [string, number] => {
    if (!(resource in known)) throw invalid("quota_set", given, unexpected(resource));
    const text = pythonText(limit);
    if (/^-?[0-9]+$/u.test(text)) return [resource, Number(text)];
    throw invalid(resource, limit, `${pythonLiteral(limit)} does not match '^-?[0-9]+$'`);
  });
  return Object.fromEntries(entries);
}

function unexpected(name: string): string {
  return `Additional properties are not allowed ('${name}' was unexpected)`;
}

function invalid(field: string, value: Json, why: string) {
  const what = `Invalid input for field/attribute ${field}. Value: ${pythonText(value)}.`;
  return novaError(400, `${what} ${why}`);
}

function requireAdmin(cloud: Cloud, token: Token, action: string): void {
  if (isAdmin(cloud, token)) return;
  const why = `Policy doesn't allow os_compute_api:os-quota-sets:${action} to be performed.`;
  throw novaError(403, why);
}
