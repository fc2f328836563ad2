import type { Cloud } from "../cloud.js";
import type { SecurityGroup } from "../rows.js";
import { OWN_GROUP, rulesOfNewGroup } from "./default-rules.js";
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

/** The project's own group, made at its first request that has to do with groups. */
export function ensureDefaultGroup(cloud: Cloud, projectId: string): void {
  if (projectId === "" || cloud.tables.groups.count("default", projectId) > 0) return;
  requireRuleQuota(cloud, projectId, rulesOfNewGroup(cloud, true).length);
  createGroup(cloud, {
    projectId,
    name: "default",
    description: "Default security group",
    stateful: true,
    isDefault: true,
  });
}

/** Makes a group with the rules that new groups get. */
export function createGroup(cloud: Cloud, wanted: NewGroup): SecurityGroup {
  const { projectId, description, ...rest } = wanted;
  const group = cloud.tables.groups.put({
    ...newStandard(cloud, projectId, description, 1),
    ...rest,
  });
  for (const rule of rulesOfNewGroup(cloud, wanted.isDefault)) {
    const { direction, ethertype, protocol, portMin, portMax, remoteIpPrefix } = rule;
    cloud.tables.rules.put({
      ...newStandard(cloud, group.projectId, null, 0),
      ...{ direction, ethertype, protocol, portMin, portMax, remoteIpPrefix },
      number: cloud.numbers.next(),
      groupId: group.id,
      remoteGroupId: rule.remoteGroupId === OWN_GROUP ? group.id : rule.remoteGroupId,
      remoteAddressGroupId: rule.remoteAddressGroupId,
    });
  }
  return group;
}
