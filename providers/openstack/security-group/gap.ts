import { holdsRange } from "../network/address-range.js";
import { coverRule } from "./cover.js";
import { isIcmp } from "./protocol.js";
import { identity, type Remote, type Rule } from "./rule.js";
import type { RuleSet } from "./rule-attributes.js";
import type { Ports } from "./service.js";

/** Rules that get another description, and those that a group has before, meanwhile and after. */
export interface Rewords {
  readonly reworded: RuleSet;
  readonly standing: RuleSet;
}

/** What becomes of a group's rules when they are made as wanted; what goes, goes last. */
export function rewords(have: RuleSet, wanted: RuleSet): Rewords {
  const reworded = new Map(
    [...wanted].filter(([key, rule]) => {
      const old = have.get(key);
      return old !== undefined && old.description !== rule.description;
    }),
  );
  const standing = new Map([...have, ...wanted].filter(([key]) => !reworded.has(key)));
  return { reworded, standing };
}

/**
 * The reworded rules whose traffic is refused while they are made anew: neither can two others be
 * made to stand in for them, nor does another rule of the group let the same through.
 */
export function gapsOf({ reworded, standing }: Rewords): RuleSet {
  return new Map(
    [...reworded].filter(([, rule]) => !coverRule(rule) && !isLetThrough(rule, standing)),
  );
}

/** Whether one of these rules lets through all that another does. */
export function isLetThrough(rule: Rule, standing: RuleSet): boolean {
  return [...standing.values()].some((it) => letsThrough(it, rule));
}

function letsThrough(wider: Rule, rule: Rule): boolean {
  return (
    wider.direction === rule.direction &&
    wider.family === rule.family &&
    (wider.protocol === null || wider.protocol === rule.protocol) &&
    holdsPorts(wider, rule.ports) &&
    holdsRemote(wider, rule)
  );
}

/** With ICMP the ports are a type and a code. */
function holdsPorts({ protocol, ports: wider }: Rule, ports: Ports | null): boolean {
  if (!wider) return true;
  if (!ports) return false;
  if (isIcmp(protocol)) {
    return wider.first === ports.first && (wider.last === null || wider.last === ports.last);
  }
  const last = ports.last ?? ports.first;
  return wider.first <= ports.first && (wider.last ?? wider.first) >= last;
}

function holdsRemote(wider: Rule, rule: Rule): boolean {
  if (wider.remote.kind === "anywhere") return true;
  const [outer, inner] = [prefixOf(wider.remote), prefixOf(rule.remote)];
  if (outer !== undefined && inner !== undefined) return holdsRange(outer, inner);
  return identity({ ...rule, remote: wider.remote }) === identity(rule);
}

function prefixOf(remote: Remote): string | undefined {
  return remote.kind === "range" ? remote.prefix : undefined;
}
