import type { SecurityGroupRule, Traffic } from "../rows.js";
import { protocolIdentity } from "./protocols.js";

/** What decides whether two rules are duplicates. */
export type RuleValues = Traffic & Pick<SecurityGroupRule, "groupId">;

const EVERYWHERE = new Set(["0.0.0.0/0", "::/0"]);

/**
 * Equal for rules that Neutron takes as duplicates: descriptions do not count, names and numbers
 * of protocols are the same, no prefix is the same as all addresses, but host bits count.
 * Source: `_rule_to_key` of neutron/db/securitygroups_db.py.
 */
export function meaningOf(rule: RuleValues): string {
  const prefix = rule.remoteIpPrefix;
  return JSON.stringify([
    rule.groupId,
    rule.direction,
    rule.ethertype,
    rule.protocol === null ? null : protocolIdentity(rule.protocol),
    rule.portMin,
    rule.portMax,
    prefix !== null && EVERYWHERE.has(prefix) ? null : prefix,
    rule.remoteGroupId,
    rule.remoteAddressGroupId,
  ]);
}
