import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { SecurityGroup, SecurityGroupRule } from "../rows.js";
import { normalizedCidr } from "./cidr.js";
import type { Requester } from "./requester.js";
import { isShared } from "./sharing.js";
import { standardView } from "./standard.js";

/** A rule as the rules' own API tells it. */
export function ruleView(rule: SecurityGroupRule): JsonObject {
  return {
    id: rule.id,
    security_group_id: rule.groupId,
    ethertype: rule.ethertype,
    direction: rule.direction,
    protocol: rule.protocol,
    port_range_min: rule.portMin,
    port_range_max: rule.portMax,
    remote_ip_prefix: rule.remoteIpPrefix,
    remote_address_group_id: rule.remoteAddressGroupId,
    normalized_cidr:
      rule.remoteIpPrefix === null ? null : (normalizedCidr(rule.remoteIpPrefix) ?? null),
    remote_group_id: rule.remoteGroupId,
    ...standardView(rule),
  };
}

/** A group with its rules as a project sees it; those tell two fields more than by themselves. */
export function groupView(cloud: Cloud, group: SecurityGroup, requester: Requester): JsonObject {
  return {
    id: group.id,
    name: group.name,
    stateful: group.stateful,
    shared: isShared(cloud, group.id, requester.projectId),
    security_group_rules: cloud.tables.rules
      .by("group", group.id)
      .map((rule) => ({ ...ruleView(rule), standard_attr_id: rule.number, tags: rule.tags })),
    tags: group.tags,
    ...standardView(group),
  };
}
