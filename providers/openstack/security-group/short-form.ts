import type { Address } from "../../../engine/model/address.js";
import type { ValueObject } from "../../../engine/model/value.js";
import type { Family } from "../network/address-range.js";
import { type Field, items, readText, refuse } from "../network/field.js";
import type { Findings } from "../network/findings.js";
import type { DeclaredRule } from "./declared-rule.js";
import { ANYWHERE, type Peer, readPeer } from "./peer.js";
import { ICMP, inFamily } from "./protocol.js";
import type { Rule } from "./rule.js";
import type { Service } from "./service.js";
import { readService } from "./service-text.js";

interface Placed<T> {
  readonly it: T;
  readonly text: string;
  readonly pointer: string;
}

/**
 * Reads `{ ingress: SERVICE, from: REMOTE }` or `{ egress: SERVICE, to: REMOTE }` into one rule for
 * each service, remote and family. Where neither the remote nor `family` names a family there are
 * two rules, except that an ICMP type is IPv4's: ICMPv6 numbers its types otherwise.
 */
export function readShortRule(
  entry: ValueObject,
  pointer: string,
  description: string,
  self: Address,
  findings: Findings,
): readonly DeclaredRule[] {
  const direction = readDirection(entry, pointer, findings);
  if (!direction) return [];
  const family = readFamily(entry, pointer, findings);
  const field = { value: entry[direction] ?? null, pointer: `${pointer}/${direction}` };
  const services = readServices(field, findings);
  const peers = readPeers(entry, direction, pointer, self, findings);
  return peers.flatMap((peer) => {
    const families = family ? peer.it.families.filter((it) => it === family) : peer.it.families;
    return services.flatMap((service) => {
      const rules = combine(service.it, peer.it, families, family !== undefined);
      if (rules.length === 0) findings.error(mismatch(service, peer, family, pointer));
      return rules.map((rule) => ({
        rule: { ...rule, direction, description },
        pointer,
        service: service.pointer,
        remote: peer.pointer,
      }));
    });
  });
}

function readDirection(entry: ValueObject, pointer: string, findings: Findings) {
  const { ingress, egress } = entry;
  if (ingress !== undefined && egress !== undefined) {
    return findings.error({
      code: "unknown-key",
      summary: "a rule is either ingress or egress",
      pointer: `${pointer}/egress`,
      help: "Write two rules.",
    });
  }
  const direction = ingress !== undefined ? "ingress" : egress !== undefined ? "egress" : undefined;
  if (!direction) {
    return findings.error({
      code: "missing-key",
      summary: "a rule needs `ingress` or `egress`",
      pointer,
      expected: "{ ingress: ssh, from: 203.0.113.0/24 }, or Neutron's own words with `direction`",
      help: "Say what may come in with `ingress`, or what may go out with `egress`.",
    });
  }
  const [right, wrong] = direction === "ingress" ? ["from", "to"] : ["to", "from"];
  if (entry[wrong] === undefined) return direction;
  return findings.error({
    code: "unknown-key",
    summary: `an ${direction} rule has \`${right}\`, not \`${wrong}\``,
    pointer: `${pointer}/${wrong}`,
    help: `Write \`${right}\`.`,
  });
}

function readFamily(entry: ValueObject, pointer: string, findings: Findings): Family | undefined {
  if (entry.family === undefined) return undefined;
  if (entry.family === "ipv4" || entry.family === "ipv6") return entry.family;
  return refuse({ value: entry.family, pointer: `${pointer}/family` }, "ipv4 or ipv6", findings);
}

function readServices(field: Field, findings: Findings): readonly Placed<readonly Service[]>[] {
  return items(field).flatMap((item) => {
    const { value } = item;
    const text = typeof value === "number" ? String(value) : readText(item, findings);
    if (text === undefined) return [];
    const it = readService(text, item.pointer, findings);
    return it.length === 0 ? [] : [{ it, text, pointer: item.pointer }];
  });
}

function readPeers(
  entry: ValueObject,
  direction: Rule["direction"],
  pointer: string,
  self: Address,
  findings: Findings,
): readonly Placed<Peer>[] {
  const key = direction === "ingress" ? "from" : "to";
  const value = entry[key];
  if (value === undefined) return [{ it: ANYWHERE, text: "anywhere", pointer }];
  return items({ value, pointer: `${pointer}/${key}` }).flatMap((item) => {
    const it = readPeer(item, self, findings);
    return it ? [{ it, text: String(item.value), pointer: item.pointer }] : [];
  });
}

type Matter = Omit<Rule, "direction" | "description">;

function combine(
  services: readonly Service[],
  peer: Peer,
  families: readonly Family[],
  chosen: boolean,
): readonly Matter[] {
  return services.flatMap(({ protocol, ports, families: able }) => {
    const typed = protocol === ICMP && ports !== null;
    const open = !chosen && peer.families.length > 1;
    return families
      .filter((family) => able.includes(family) && !(typed && open && family === "ipv6"))
      .map((family) => ({
        family,
        protocol: protocol === null ? null : inFamily(protocol, family),
        ports,
        remote: peer.remote,
      }));
  });
}

function mismatch(
  service: Placed<readonly Service[]>,
  peer: Placed<Peer>,
  family: Family | undefined,
  pointer: string,
) {
  const ofPeer = family !== undefined && !peer.it.families.includes(family);
  const actual = ofPeer ? `${family} with ${peer.text}` : `${service.text} with ${peer.text}`;
  return {
    code: "family-mismatch",
    summary: ofPeer
      ? `${peer.text} is not an ${family === "ipv4" ? "IPv4" : "IPv6"} address range`
      : `${service.text} exists in ${family === "ipv4" || peer.it.families[0] === "ipv4" ? "IPv6" : "IPv4"} only`,
    pointer: ofPeer ? `${pointer}/family` : service.pointer,
    actual,
    help: ofPeer
      ? "Leave `family` out: it follows from the address range."
      : "Use a service and a remote of one family.",
  } as const;
}
