import { parseAddressRange, splitRange } from "../network/address-range.js";
import { hasPorts } from "./protocol.js";
import type { Remote, Rule } from "./rule.js";
import type { Ports } from "./service.js";

/**
 * Two other rules that together let through exactly what this one does: they stand in for it while it
 * is removed and made again. Undefined for a rule that cannot be halved: one port or no ports, and
 * one host or a group.
 */
export function coverRule(rule: Rule): readonly Rule[] | undefined {
  const remotes = halveRemote(rule);
  if (remotes) return remotes.map((remote) => ({ ...rule, remote }));
  return halvePorts(rule)?.map((ports) => ({ ...rule, ports }));
}

function halveRemote({ remote, family }: Rule): readonly Remote[] | undefined {
  const everything = family === "ipv4" ? "0.0.0.0/0" : "::/0";
  const prefix = remote.kind === "anywhere" ? everything : undefined;
  const text = remote.kind === "range" ? remote.prefix : prefix;
  const range = text === undefined ? undefined : parseAddressRange(text);
  return range && splitRange(range)?.map((half) => ({ kind: "range", prefix: half }));
}

function halvePorts({ protocol, ports }: Rule): readonly Ports[] | undefined {
  if (typeof protocol !== "number" || !hasPorts(protocol)) return undefined;
  const { first, last } = ports ?? { first: 1, last: 65535 };
  if (last === null || last <= first) return undefined;
  const middle = Math.floor((first + last) / 2);
  return [
    { first, last: middle },
    { first: middle + 1, last },
  ];
}
