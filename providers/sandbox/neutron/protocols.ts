/**
 * The protocols that Neutron knows by name, in the order of its messages.
 * Source: `IP_PROTOCOL_MAP` of neutron_lib/constants.py.
 */
const NUMBERS: Readonly<Record<string, number>> = {
  ah: 51,
  dccp: 33,
  egp: 8,
  esp: 50,
  gre: 47,
  hopopt: 0,
  icmp: 1,
  igmp: 2,
  ip: 0,
  ipip: 4,
  "ipv6-encap": 41,
  "ipv6-frag": 44,
  "ipv6-icmp": 58,
  icmpv6: 58,
  "ipv6-nonxt": 59,
  "ipv6-opts": 60,
  "ipv6-route": 43,
  ospf: 89,
  pgm: 113,
  rsvp: 46,
  sctp: 132,
  tcp: 6,
  udp: 17,
  udplite: 136,
  vrrp: 112,
};

/** The names a number is told by where it has several. */
const PREFERRED: Readonly<Record<number, string>> = { 0: "ip", 58: "ipv6-icmp" };

const ICMP = 1;
const ICMP_V6 = 58;
const WITH_PORTS = new Set([33, 132, 6, 17, 136]);
const IPV6_ONLY = new Set([41, 44, 58, 59, 60, 43]);

export const PROTOCOL_NAMES: readonly string[] = Object.keys(NUMBERS);

/** The number of a stored protocol: a name or a decimal text. */
export function protocolNumber(protocol: string): number {
  return NUMBERS[protocol] ?? Number(protocol);
}

/** One name for all spellings that Neutron's search for duplicates takes as equal. */
export function protocolIdentity(protocol: string): string {
  if (protocol in NUMBERS) return protocol;
  const number = Number(protocol);
  const name = PROTOCOL_NAMES.find((it) => NUMBERS[it] === number);
  return PREFERRED[number] ?? name ?? protocol;
}

/** Whether ports go with it. */
export function hasPorts(protocol: string): boolean {
  return WITH_PORTS.has(protocolNumber(protocol));
}

/** Whether type and code go with it. */
export function isIcmp(protocol: string): boolean {
  const number = protocolNumber(protocol);
  return number === ICMP || number === ICMP_V6;
}

/** Whether it exists under IPv6 alone. */
export function isIpv6Only(protocol: string): boolean {
  return IPV6_ONLY.has(protocolNumber(protocol));
}

/** What is stored for ICMP under IPv6; other protocols stay as they are. */
export function underIpv6(protocol: string): string {
  if (protocol === "icmp" || protocol === "icmpv6") return "ipv6-icmp";
  return protocol === String(ICMP) ? String(ICMP_V6) : protocol;
}
