import type { Family } from "../network/address-range.js";
import { familiesOf } from "./protocol.js";

/** Ports from first to last, or, with ICMP, a type and its code. */
export interface Ports {
  /** First port; ICMP type. */
  readonly first: number;
  /** Last port; ICMP code, null for every code. */
  readonly last: number | null;
}

/** What is let through, whoever it comes from. */
export interface Service {
  /** An IP protocol number; null for every protocol. */
  readonly protocol: number | null;
  /** Null for all ports, or all ICMP types. */
  readonly ports: Ports | null;
  /** The families in which it exists. */
  readonly families: readonly Family[];
}

const BOTH: readonly Family[] = ["ipv4", "ipv6"];

/** Every protocol. */
export const EVERYTHING: Service = { protocol: null, ports: null, families: BOTH };

/** A protocol with these ports; all of them is what Neutron stores for 1-65535. */
export function service(protocol: number, ports: Ports | null = null): Service {
  const all = ports?.first === 1 && ports.last === 65535;
  return { protocol, ports: all ? null : ports, families: familiesOf(protocol) };
}

/** ICMP by type and code: the numbers mean different things in IPv4 and IPv6. */
export function icmp(protocol: number, type: number, code: number | null = null): Service {
  return { protocol, ports: { first: type, last: code }, families: familiesOf(protocol) };
}
