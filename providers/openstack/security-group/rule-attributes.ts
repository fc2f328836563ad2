import { compareTexts } from "../../../engine/model/address.js";
import {
  isValueObject,
  type Json,
  type JsonObject,
  mapEntries,
  redact,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import { identity, type Remote, type Rule } from "./rule.js";

/** The word that stands for a group's own id, which it has only once it is made. */
const SELF = "self";

/** A rule as a member of the `rules` attribute, in Neutron's words. */
function ruleAttributes(rule: Rule): ValueObject {
  return {
    direction: rule.direction,
    ethertype: rule.family === "ipv4" ? "IPv4" : "IPv6",
    protocol: rule.protocol,
    port_range_min: rule.ports?.first ?? null,
    port_range_max: rule.ports?.last ?? null,
    ...remoteAttributes(rule.remote),
    description: rule.description,
  };
}

function remoteAttributes(remote: Remote): ValueObject {
  switch (remote.kind) {
    case "anywhere":
      return {};
    case "range":
      return { remote_ip_prefix: remote.prefix };
    case "self":
      return { remote_group_id: SELF };
    case "group":
      return { remote_group_id: remote.id };
    case "address-group":
      return { remote_address_group_id: remote.id };
  }
}

/** The inverse of {@link ruleAttributes}. */
export function ruleFromAttributes(member: Value): Rule {
  const fields = isValueObject(member) ? member : {};
  const first = fields.port_range_min;
  const last = fields.port_range_max;
  const protocol = fields.protocol;
  return {
    direction: fields.direction === "egress" ? "egress" : "ingress",
    family: fields.ethertype === "IPv6" ? "ipv6" : "ipv4",
    protocol: typeof protocol === "number" || typeof protocol === "string" ? protocol : null,
    ports:
      typeof first === "number" ? { first, last: typeof last === "number" ? last : null } : null,
    remote: remoteFromAttributes(fields),
    description: typeof fields.description === "string" ? fields.description : "",
  };
}

function remoteFromAttributes(fields: ValueObject): Remote {
  const {
    remote_ip_prefix: prefix,
    remote_group_id: group,
    remote_address_group_id: list,
  } = fields;
  if (typeof prefix === "string") return { kind: "range", prefix };
  if (group === SELF) return { kind: "self" };
  if (typeof group === "string" || group instanceof Unknown) return { kind: "group", id: group };
  if (typeof list === "string" || list instanceof Unknown) {
    return { kind: "address-group", id: list };
  }
  return { kind: "anywhere" };
}

/** Rules by identity, sorted; of several with one identity all but the first get a number: ` #2`. */
export type RuleSet = ReadonlyMap<string, Rule>;

/** Keeps the map sound where a cloud holds rules that mean the same but are spelt differently. */
export function ruleSet(rules: readonly Rule[]): RuleSet {
  return new Map(byKey(rules, (rule) => rule));
}

/** As {@link ruleSet}, of items that have a rule: the same order of items gives the same keys. */
export function byKey<T>(
  items: readonly T[],
  ruleOf: (item: T) => Rule,
): readonly (readonly [string, T])[] {
  const seen = new Map<string, number>();
  const entries = items.map((item) => {
    const key = identity(ruleOf(item));
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return [count === 1 ? key : `${key} #${count}`, item] as const;
  });
  return entries.sort(([a], [b]) => compareTexts(a, b));
}

/** A set of rules as the value of the `rules` attribute. */
export function rulesValue(rules: RuleSet): ValueObject {
  return mapEntries(Object.fromEntries(rules), ruleAttributes);
}

/** As {@link rulesValue}, of rules without unknowns. */
export function rulesJson(rules: RuleSet): JsonObject {
  return mapEntries(Object.fromEntries(rules), (rule): Json => redact(ruleAttributes(rule)));
}

/** The inverse of {@link rulesValue}; keys are kept. */
export function rulesFromValue(value: Value | undefined): RuleSet {
  if (!isValueObject(value)) return new Map();
  return new Map(Object.entries(value).map(([key, member]) => [key, ruleFromAttributes(member)]));
}
