import type { Address } from "../../../engine/model/address.js";
import { closest } from "../../../engine/model/closest.js";
import type { ValueObject } from "../../../engine/model/value.js";
import type { Family } from "../network/address-range.js";
import { type Field, readInteger, readText, refuse } from "../network/field.js";
import type { Findings } from "../network/findings.js";
import type { DeclaredRule } from "./declared-rule.js";
import { ANYWHERE, type Peer, readRange, readRemoteAddressGroup, readRemoteGroup } from "./peer.js";
import { type PlacedNumber, readIcmp, readPortRange } from "./ports.js";
import {
  familiesOf,
  hasPorts,
  inFamily,
  isIcmp,
  PROTOCOL_NAMES,
  protocolName,
  protocolNumber,
} from "./protocol.js";
import type { Rule } from "./rule.js";
import type { Ports } from "./service.js";

const REMOTES = ["remote_ip_prefix", "remote_group", "remote_address_group"] as const;

/**
 * Reads a rule in Neutron's own words: always one rule. Without `ethertype` the family is that of
 * `remote_ip_prefix`, or of a protocol that IPv6 alone has, or else IPv4, as in Neutron.
 */
export function readLongRule(
  entry: ValueObject,
  pointer: string,
  description: string,
  self: Address,
  findings: Findings,
): readonly DeclaredRule[] {
  const read = new LongRule(entry, pointer, findings);
  const direction = read.direction();
  const protocol = read.protocol();
  const peer = read.peer(self);
  const family = read.family(protocol, peer);
  const ports = protocol === undefined ? undefined : read.ports(protocol);
  if (!direction || protocol === undefined || !peer || !family || ports === undefined) return [];
  const rule = {
    direction,
    family,
    protocol: protocol === null ? null : inFamily(protocol, family),
    ports,
    remote: peer.remote,
    description,
  };
  return [{ rule, pointer, service: pointer, remote: pointer }];
}

/** One rule being read; each method answers undefined after it has reported what is wrong. */
class LongRule {
  constructor(
    readonly entry: ValueObject,
    readonly pointer: string,
    readonly findings: Findings,
  ) {}

  #field(key: string): Field | undefined {
    const value = this.entry[key];
    return value === undefined ? undefined : { value, pointer: `${this.pointer}/${key}` };
  }

  direction(): Rule["direction"] | undefined {
    const { direction = null } = this.entry;
    if (direction === "ingress" || direction === "egress") return direction;
    const field = { value: direction, pointer: `${this.pointer}/direction` };
    return refuse(field, "ingress or egress", this.findings);
  }

  /** Null for every protocol. */
  protocol(): number | null | undefined {
    const field = this.#field("protocol");
    if (!field) return null;
    const text =
      typeof field.value === "number" ? String(field.value) : readText(field, this.findings);
    if (text === undefined) return undefined;
    if (text.toLowerCase() === "any") return null;
    const protocol = protocolNumber(text);
    if (protocol !== undefined) return protocol;
    const near = closest(text, PROTOCOL_NAMES);
    return this.findings.error({
      code: "bad-protocol",
      summary: `there is no protocol ${JSON.stringify(text)}`,
      pointer: field.pointer,
      actual: text,
      expected: "a name such as tcp, udp, icmp or esp, a number from 0 to 255, or any",
      help: near ? `Did you mean ${near}?` : "Write the protocol's name or its number.",
    });
  }

  peer(self: Address): Peer | undefined {
    const given = REMOTES.flatMap((key) => {
      const field = this.#field(key);
      return field ? [{ key, field }] : [];
    });
    const [first, second] = given;
    if (!first) return ANYWHERE;
    if (!second) return this.#onePeer(first.key, first.field, self);
    return this.findings.error({
      code: "several-remotes",
      summary: "a rule has one remote at most",
      pointer: second.field.pointer,
      related: [{ message: "the other remote", pointer: first.field.pointer }],
      expected: `one of ${REMOTES.join(", ")}`,
      help: "Write a rule for each.",
    });
  }

  #onePeer(key: (typeof REMOTES)[number], field: Field, self: Address): Peer | undefined {
    if (key === "remote_group") {
      const remote = readRemoteGroup(field, self, this.findings);
      return remote && { ...ANYWHERE, remote };
    }
    if (key === "remote_address_group") {
      const remote = readRemoteAddressGroup(field, this.findings);
      return remote && { ...ANYWHERE, remote };
    }
    const text = readText(field, this.findings);
    return text === undefined ? undefined : readRange(text, field.pointer, this.findings);
  }

  family(protocol: number | null | undefined, peer: Peer | undefined): Family | undefined {
    const able = typeof protocol === "number" ? familiesOf(protocol) : undefined;
    const [implied = "ipv4"] = peer?.families.length === 1 ? peer.families : (able ?? []);
    const family = this.#ethertype(implied);
    if (!family || (peer && !peer.families.includes(family))) {
      return family && this.#mismatch("ethertype", family, "remote_ip_prefix");
    }
    if (able && !able.includes(family)) return this.#mismatch("protocol", family, "protocol");
    return family;
  }

  #ethertype(implied: Family): Family | undefined {
    const field = this.#field("ethertype");
    if (!field) return implied;
    const text = typeof field.value === "string" ? field.value.toLowerCase() : undefined;
    if (text === "ipv4" || text === "ipv6") return text;
    return refuse(field, "IPv4 or IPv6", this.findings);
  }

  #mismatch(key: string, family: Family, other: string): undefined {
    const ethertype = family === "ipv4" ? "IPv4" : "IPv6";
    return this.findings.error({
      code: "family-mismatch",
      summary: `ethertype ${ethertype} and ${other} ${JSON.stringify(this.entry[other])} disagree`,
      pointer: `${this.pointer}/${key}`,
      actual: ethertype,
      expected: family === "ipv4" ? "IPv6" : "IPv4",
      help: "Leave `ethertype` out: it follows from the address range or the protocol.",
    });
  }

  /** Null for all ports, or all ICMP types. */
  ports(protocol: number | null): Ports | null | undefined {
    const given = {
      min: this.#number("port_range_min"),
      max: this.#number("port_range_max"),
    };
    if (given.min === "wrong" || given.max === "wrong") return undefined;
    const { min, max } = given;
    if (!min && !max) return null;
    if (protocol !== null && isIcmp(protocol)) return this.#icmp(min, max);
    if (min?.number === 1 && max?.number === 65535) return null;
    if (protocol === null || !hasPorts(protocol)) return this.#portsWithout(protocol, min ?? max);
    if (min && max) return readPortRange(min, max, this.findings);
    return this.findings.error({
      code: "bad-port",
      summary: "a port range needs both ends",
      pointer: (min ?? max)?.pointer ?? this.pointer,
      expected: "port_range_min and port_range_max, equal for a single port",
      help: `Write ${min ? "port_range_max" : "port_range_min"} too.`,
    });
  }

  #number(key: string): PlacedNumber | "wrong" | undefined {
    const field = this.#field(key);
    if (!field) return undefined;
    const number = readInteger(field, this.findings);
    return number === undefined ? "wrong" : { number, pointer: field.pointer };
  }

  #icmp(type: PlacedNumber | undefined, code: PlacedNumber | undefined): Ports | undefined {
    if (type) return readIcmp(type, code, this.findings);
    return this.findings.error({
      code: "bad-icmp",
      summary: "an ICMP code needs a type",
      pointer: code?.pointer ?? this.pointer,
      expected: "port_range_min for the type and port_range_max for the code",
      help: "Write port_range_min with the type, or leave both out to mean all of ICMP.",
    });
  }

  #portsWithout(protocol: number | null, at: PlacedNumber | undefined): undefined {
    return this.findings.error({
      code: "port-without-protocol",
      summary:
        protocol === null ? "ports need a protocol" : `${protocolName(protocol)} has no ports`,
      pointer: at?.pointer ?? this.pointer,
      expected: "protocol tcp, udp, sctp, dccp or udplite",
      help: protocol === null ? "Write the protocol." : "Leave the ports out.",
    });
  }
}
