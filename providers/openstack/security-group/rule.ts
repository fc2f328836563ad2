import { formatAddress } from "../../../engine/model/address.js";
import { Unknown } from "../../../engine/model/value.js";
import type { Family } from "../network/address-range.js";
import type { Ports } from "./service.js";

/** The other end of a rule. */
export type Remote =
  | { readonly kind: "anywhere" }
  | { readonly kind: "range"; readonly prefix: string }
  /** The group that has the rule. */
  | { readonly kind: "self" }
  /** Another group, or a group of addresses, by id; unknown until it is made. */
  | { readonly kind: "group" | "address-group"; readonly id: string | Unknown };

/** One rule in the form in which equal meanings are equal values. */
export interface Rule {
  readonly direction: "ingress" | "egress";
  readonly family: Family;
  /** The number; null for every protocol; a text only where the cloud has one we do not know. */
  readonly protocol: number | string | null;
  readonly ports: Ports | null;
  readonly remote: Remote;
  readonly description: string;
}

/** A rule's meaning as text, by which rules are compared: all of it except the description. */
export function identity(rule: Rule): string {
  const { direction, family, protocol, ports, remote } = rule;
  const range = ports ? `${ports.first}-${ports.last ?? "any"}` : "any";
  return `${direction} ${family} ${protocol ?? "any"} ${range} ${remoteIdentity(remote)}`;
}

function remoteIdentity(remote: Remote): string {
  switch (remote.kind) {
    case "anywhere":
    case "self":
      return remote.kind;
    case "range":
      return remote.prefix;
    case "group":
      return `group:${groupText(remote.id)}`;
    case "address-group":
      return `address-group:${groupText(remote.id)}`;
  }
}

/** The id, or the address of the group that is not made yet. */
export function groupText(id: string | Unknown): string {
  if (!(id instanceof Unknown)) return id;
  return id.reference ? formatAddress(id.reference.address) : id.toString();
}
