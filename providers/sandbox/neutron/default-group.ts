import type { Cloud } from "../cloud.js";
import type { SecurityGroup } from "../rows.js";
import { requireRuleQuota } from "./quotas.js";
import { newStandard } from "./standard.js";

/** What a group with default rules is made of. */
interface NewGroup {
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly stateful: boolean;
  readonly isDefault: boolean;
}

/** All outgoing traffic and all from the group itself, under IPv4 and IPv6. */
const RULES_OF_A_DEFAULT_GROUP = 4;

/** The project's own group, made at its first request that has to do with groups. */
export function ensureDefaultGroup(cloud: Cloud, projectId: string): void {
  if (projectId === "" || cloud.tables.groups.count("default", projectId) > 0) return;
  requireRuleQuota(cloud, projectId, RULES_OF_A_DEFAULT_GROUP);
  createGroup(cloud, {
    projectId,
    name: "default",
    description: "Default security group",
    stateful: true,
    isDefault: true,
  });
}

/** Makes a group that lets all out, and the project's own one also what comes from itself. */
export function createGroup(cloud: Cloud, wanted: NewGroup): SecurityGroup {
  const { projectId, description, ...rest } = wanted;
  const group = cloud.tables.groups.put({
    ...newStandard(cloud, projectId, description, 1),
    ...rest,
  });
  for (const ethertype of ["IPv4", "IPv6"]) {
    if (wanted.isDefault) addDefaultRule(cloud, group, "ingress", ethertype, group.id);
    addDefaultRule(cloud, group, "egress", ethertype, null);
  }
  return group;
}

function addDefaultRule(
  cloud: Cloud,
  group: SecurityGroup,
  direction: string,
  ethertype: string,
  remoteGroupId: string | null,
): void {
  cloud.tables.rules.put({
    ...newStandard(cloud, group.projectId, null, 0),
    number: cloud.numbers.next(),
    groupId: group.id,
    direction,
    ethertype,
    protocol: null,
    portMin: null,
    portMax: null,
    remoteIpPrefix: null,
    remoteGroupId,
    remoteAddressGroupId: null,
  });
}
