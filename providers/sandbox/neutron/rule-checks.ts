import type { Cloud } from "../cloud.js";
import { storedCidr } from "./cidr.js";
import { neutronError, noSuchGroup } from "./errors.js";
import { hasPorts, isIcmp, isIpv6Only, protocolNumber, underIpv6 } from "./protocols.js";
import { isVisible, type Requester } from "./requester.js";
import type { RuleValues } from "./rule-meaning.js";
import { isGroupVisible } from "./sharing.js";

const FIRST_PORT = 1;
const LAST_PORT = 65_535;

/** The rule as it is stored: IPv6 spellings of ICMP, and no ports where all are meant. */
export function canonicalRule<R extends RuleValues>(rule: R): R {
  const protocol =
    rule.ethertype === "IPv6" && rule.protocol !== null ? underIpv6(rule.protocol) : rule.protocol;
  const isAllPorts = rule.portMin === FIRST_PORT && rule.portMax === LAST_PORT;
  return { ...rule, protocol, ...(isAllPorts && { portMin: null, portMax: null }) };
}

/**
 * Refuses a canonical rule that contradicts itself or names what the requester cannot see.
 * Source: `_validate_security_group_rule` of neutron/db/securitygroups_db.py, in its order.
 */
export function checkRule(cloud: Cloud, rule: RuleValues, requester: Requester): void {
  checkPorts(rule);
  checkFamily(rule);
  const remotes = [rule.remoteIpPrefix, rule.remoteGroupId, rule.remoteAddressGroupId];
  if (remotes.filter((remote) => remote !== null).length > 1) {
    throw invalid(
      "SecurityGroupMultipleRemoteEntites",
      "Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.",
    );
  }
  if (rule.remoteGroupId !== null) requireGroup(cloud, rule.remoteGroupId, requester);
  requireAddressGroup(cloud, rule.remoteAddressGroupId, requester);
  requireGroup(cloud, rule.groupId, requester);
}

function checkPorts({ protocol, portMin, portMax }: RuleValues): void {
  if (portMin === null && portMax === null) return;
  if (protocol === null) {
    throw invalid(
      "SecurityGroupProtocolRequiredWithPorts",
      "Must also specify protocol if port range is given.",
    );
  }
  if (hasPorts(protocol)) checkRange(portMin, portMax);
  else if (isIcmp(protocol)) checkIcmp(portMin, portMax);
  else {
    throw invalid(
      "SecurityGroupInvalidProtocolForPort",
      `Ports cannot be specified for protocol ${protocolNumber(protocol)}. ` +
        "Ports are only supported for DCCP, SCTP, TCP, UDP, UDPLITE.",
    );
  }
}

function checkRange(min: number | null, max: number | null): void {
  if (min === 0 || max === 0) {
    throw invalid("SecurityGroupInvalidPortValue", "Invalid value for port 0");
  }
  if (min === null || max === null || min > max) {
    throw invalid(
      "SecurityGroupInvalidPortRange",
      "For TCP/UDP protocols, port_range_min must be <= port_range_max",
    );
  }
}

function checkIcmp(type: number | null, code: number | null): void {
  const parts = [
    { field: "type", name: "port_range_min", value: type },
    { field: "code", name: "port_range_max", value: code },
  ];
  for (const { field, name, value } of parts) {
    if (value === null || value <= 255) continue;
    throw invalid(
      "SecurityGroupInvalidIcmpValue",
      `Invalid value for ICMP ${field} (${name}) ${value}. It must be 0 to 255.`,
    );
  }
  if (type === null && code !== null) {
    throw invalid(
      "SecurityGroupMissingIcmpType",
      `ICMP code (port-range-max) ${code} is provided but ICMP type (port-range-min) is missing.`,
    );
  }
}

function checkFamily({ ethertype, protocol, remoteIpPrefix }: RuleValues): void {
  const version = remoteIpPrefix === null ? undefined : storedCidr(remoteIpPrefix)?.version;
  if (version !== undefined && ethertype !== `IPv${version}`) {
    throw invalid(
      "SecurityGroupRuleParameterConflict",
      `Conflicting value ethertype ${ethertype} for CIDR ${remoteIpPrefix}`,
    );
  }
  if (protocol !== null && ethertype === "IPv4" && isIpv6Only(protocol)) {
    throw invalid(
      "SecurityGroupEthertypeConflictWithProtocol",
      `Invalid ethertype ${ethertype} for protocol ${protocol}.`,
    );
  }
}

function requireGroup(cloud: Cloud, id: string, requester: Requester): void {
  const group = cloud.tables.groups.get(id);
  if (!group || !isGroupVisible(cloud, group, requester)) throw noSuchGroup(id);
}

function requireAddressGroup(cloud: Cloud, id: string | null, requester: Requester): void {
  if (id === null) return;
  const group = cloud.tables.addressGroups.get(id);
  if (group && isVisible(group, requester)) return;
  throw neutronError(404, "AddressGroupNotFound", `Address group ${id} could not be found.`);
}

function invalid(type: string, message: string) {
  return neutronError(400, type, message);
}
