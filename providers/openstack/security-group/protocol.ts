import type { Family } from "../network/address-range.js";

/** Neutron's names (neutron_lib/constants.py); the first name of a number is the one we write. */
const NUMBERS: Readonly<Record<string, number>> = {
  ip: 0,
  hopopt: 0,
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  egp: 8,
  udp: 17,
  dccp: 33,
  "ipv6-encap": 41,
  "ipv6-route": 43,
  "ipv6-frag": 44,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  "ipv6-icmp": 58,
  icmpv6: 58,
  "ipv6-nonxt": 59,
  "ipv6-opts": 60,
  ospf: 89,
  vrrp: 112,
  pgm: 113,
  sctp: 132,
  udplite: 136,
};

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(NUMBERS)
    .reverse()
    .map(([name, number]) => [number, name]),
);

export const ICMP = 1;
export const ICMP_V6 = 58;
export const TCP = 6;
export const UDP = 17;

const WITH_PORTS: ReadonlySet<number> = new Set([TCP, UDP, 33, 132, 136]);
const IPV6_ONLY: ReadonlySet<number> = new Set([41, 43, 44, ICMP_V6, 59, 60]);

/** Names that a declaration may use. */
export const PROTOCOL_NAMES: readonly string[] = Object.keys(NUMBERS);

/** The number of a name or of a decimal text, 0-255; undefined for anything else. */
export function protocolNumber(text: string): number | undefined {
  const name = text.toLowerCase();
  if (Object.hasOwn(NUMBERS, name)) return NUMBERS[name];
  if (!/^[0-9]{1,3}$/u.test(name)) return undefined;
  const number = Number(name);
  return number <= 255 ? number : undefined;
}

/** The name Neutron knows it by, or the number as text. */
export function protocolName(number: number): string {
  return NAMES.get(number) ?? String(number);
}

/** Whether a number has a name, so that a bare number cannot be meant as a port. */
export function hasName(number: number): boolean {
  return NAMES.has(number);
}

/** `icmp` means ICMPv6 where the family is IPv6, as in Neutron. */
export function inFamily(protocol: number, family: Family): number {
  return protocol === ICMP && family === "ipv6" ? ICMP_V6 : protocol;
}

/** Whether Neutron takes ports with it. */
export function hasPorts(protocol: number): boolean {
  return WITH_PORTS.has(protocol);
}

export function isIcmp(protocol: number | string | null): boolean {
  return protocol === ICMP || protocol === ICMP_V6;
}

/** The families in which Neutron takes it. */
export function familiesOf(protocol: number): readonly Family[] {
  return IPV6_ONLY.has(protocol) ? ["ipv6"] : ["ipv4", "ipv6"];
}
