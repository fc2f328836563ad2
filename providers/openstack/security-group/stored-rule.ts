import {
  type Json,
  type JsonObject,
  scalarText,
  type Unknown,
} from "../../../engine/model/value.js";
import { type Family, parseStoredRange } from "../network/address-range.js";
import { inFamily, isIcmp, protocolName, protocolNumber } from "./protocol.js";
import type { Remote, Rule } from "./rule.js";
import type { Ports } from "./service.js";

/** A rule as Neutron answers it, which keeps some of the spelling it was sent, in canonical form. */
export function storedRule(stored: JsonObject, groupId: string): Rule {
  const family = stored.ethertype === "IPv6" ? "ipv6" : "ipv4";
  const protocol = storedProtocol(stored.protocol ?? null, family);
  return {
    direction: stored.direction === "egress" ? "egress" : "ingress",
    family,
    protocol,
    ports: storedPorts(stored, protocol),
    remote: storedRemote(stored, groupId),
    description: typeof stored.description === "string" ? stored.description : "",
  };
}

/** Names, numbers, and before Stein also `icmp` and `1` for ICMPv6. */
function storedProtocol(protocol: Json, family: Family): Rule["protocol"] {
  if (protocol === null || protocol === "any" || protocol === "") return null;
  const number = protocolNumber(scalarText(protocol));
  return number === undefined ? scalarText(protocol) : inFamily(number, family);
}

function storedPorts(stored: JsonObject, protocol: Rule["protocol"]): Ports | null {
  const { port_range_min: first, port_range_max: last } = stored;
  if (typeof first !== "number") return null;
  if (first === 1 && last === 65535 && !isIcmp(protocol)) return null;
  return { first, last: typeof last === "number" ? last : null };
}

function storedRemote(stored: JsonObject, groupId: string): Remote {
  const { remote_group_id: group, remote_address_group_id: list } = stored;
  if (typeof group === "string") {
    return group === groupId ? { kind: "self" } : { kind: "group", id: group };
  }
  if (typeof list === "string") return { kind: "address-group", id: list };
  const prefix = stored.remote_ip_prefix;
  if (typeof prefix !== "string" || prefix === "") return { kind: "anywhere" };
  const range = parseStoredRange(prefix);
  return range?.everything
    ? { kind: "anywhere" }
    : { kind: "range", prefix: range?.prefix ?? prefix };
}

/** The body that makes a rule of a group. What is not said means everything. */
export function ruleBody(rule: Rule, groupId: string): JsonObject {
  const { protocol, ports } = rule;
  return {
    security_group_id: groupId,
    direction: rule.direction,
    ethertype: rule.family === "ipv4" ? "IPv4" : "IPv6",
    ...(protocol !== null && {
      protocol: typeof protocol === "number" ? protocolName(protocol) : protocol,
    }),
    ...(ports && { port_range_min: ports.first }),
    ...(ports && ports.last !== null && { port_range_max: ports.last }),
    ...remoteBody(rule.remote, groupId),
    ...(rule.description !== "" && { description: rule.description }),
  };
}

function remoteBody(remote: Remote, groupId: string): JsonObject {
  switch (remote.kind) {
    case "anywhere":
      return {};
    case "range":
      return { remote_ip_prefix: remote.prefix };
    case "self":
      return { remote_group_id: groupId };
    case "group":
      return { remote_group_id: madeId(remote.id) };
    case "address-group":
      return { remote_address_group_id: madeId(remote.id) };
  }
}

function madeId(id: string | Unknown): string {
  if (typeof id === "string") return id;
  throw new TypeError("a rule's group is not made yet");
}
