import type { NameOf } from "../../../engine/model/name-of.js";
import type { Family } from "../network/address-range.js";
import { hasPorts, isIcmp, protocolName } from "./protocol.js";
import { groupText, type Remote, type Rule } from "./rule.js";
import type { Ports } from "./service.js";

/** A rule in words: `ingress tcp/22 from 203.0.113.0/24`. */
export function ruleText(rule: Rule, nameOf: NameOf = (id) => id): string {
  const preposition = rule.direction === "ingress" ? "from" : "to";
  const service = serviceText(rule.protocol, rule.ports);
  const remote = remoteText(rule.remote, rule.family, nameOf);
  const described = rule.description === "" ? "" : ` ${JSON.stringify(rule.description)}`;
  return `${rule.direction} ${service} ${preposition} ${remote}${described}`;
}

function serviceText(protocol: Rule["protocol"], ports: Ports | null): string {
  if (protocol === null) return "any";
  const name = typeof protocol === "number" ? protocolName(protocol) : protocol;
  if (isIcmp(protocol)) return icmpText(name, ports);
  if (ports) return `${name}/${portsText(ports)}`;
  if (typeof protocol === "number" && hasPorts(protocol)) return `${name} (all ports)`;
  return /^[0-9]+$/u.test(name) ? `protocol ${name}` : name;
}

function icmpText(name: string, ports: Ports | null): string {
  if (!ports) return name;
  return `${name} type ${ports.first}${ports.last === null ? "" : ` code ${ports.last}`}`;
}

function portsText({ first, last }: Ports): string {
  return last === null || last === first ? String(first) : `${first}-${last}`;
}

function remoteText(remote: Remote, family: Family, nameOf: NameOf): string {
  const shown = family === "ipv4" ? "(IPv4)" : "(IPv6)";
  switch (remote.kind) {
    case "anywhere":
      return `anywhere ${shown}`;
    case "range":
      return remote.prefix;
    case "self":
      return `itself ${shown}`;
    case "group":
    case "address-group":
      return `${groupName(remote, nameOf)} ${shown}`;
  }
}

/** An address says by itself of which kind a group is. */
function groupName(
  { kind, id }: Extract<Remote, { readonly id: unknown }>,
  nameOf: NameOf,
): string {
  const name = typeof id === "string" ? nameOf(id) : groupText(id);
  if (kind === "group" || name.startsWith("address_group.")) return name;
  return `address group ${name}`;
}
