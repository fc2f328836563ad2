import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { DefaultRule } from "../rows.js";
import type { Tables } from "../tables.js";
import { readCreation, textOf } from "./attributes.js";
import { forbidden, neutronError } from "./errors.js";
import { DEFAULT_RULE } from "./kinds.js";
import { listReply, selectFields } from "./listing.js";
import { offered } from "./offered.js";
import { requireNoBody } from "./preconditions.js";
import type { Requester } from "./requester.js";
import { trafficOf } from "./traffic.js";

const EXTENSION = "security-groups-default-rules";

/** Stands for the id of the group that gets the rule. */
export const OWN_GROUP = "PARENT";

/** What Neutron begins with: all goes out; a default group lets in what comes from itself. */
const FACTORY_RULES = ["IPv4", "IPv6"].flatMap((ethertype) => [
  factoryRule("ingress", ethertype, OWN_GROUP, false),
  factoryRule("egress", ethertype, null, true),
]);

/** Gives a new cloud the rules to begin with, where its administrators may change them. */
export function seedDefaultRules(tables: Tables, extensions: ReadonlySet<string>): void {
  if (!extensions.has(EXTENSION)) return;
  for (const rule of FACTORY_RULES) tables.defaultRules.put(rule);
}

function factoryRule(
  direction: string,
  ethertype: string,
  remoteGroupId: string | null,
  inOtherGroups: boolean,
): DefaultRule {
  return {
    id: randomUUID(),
    description: null,
    direction,
    ethertype,
    protocol: null,
    portMin: null,
    portMax: null,
    remoteIpPrefix: null,
    remoteGroupId,
    remoteAddressGroupId: null,
    inDefaultGroup: true,
    inOtherGroups,
  };
}

/** The rules that a project's default group, or any other new group, is made with. */
export function rulesOfNewGroup(cloud: Cloud, isDefault: boolean): readonly DefaultRule[] {
  return defaultRules(cloud).filter((it) => (isDefault ? it.inDefaultGroup : it.inOtherGroups));
}

function defaultRules(cloud: Cloud): readonly DefaultRule[] {
  return cloud.extensions.has(EXTENSION) ? cloud.tables.defaultRules.all() : FACTORY_RULES;
}

/** GET /default-security-group-rules */
export function listDefaultRules(cloud: Cloud, call: Call): Reply {
  const views = defaultRules(cloud).map(view);
  return { status: 200, json: listReply(cloud, call, DEFAULT_RULE, views) };
}

/** GET /default-security-group-rules/ID */
export function showDefaultRule(cloud: Cloud, call: Call): Reply {
  const rule = view(find(cloud, call.segment("id")));
  return { status: 200, json: { default_security_group_rule: selectFields(rule, call.query) } };
}

/** POST /default-security-group-rules, for administrators */
export function postDefaultRule(cloud: Cloud, call: Call, requester: Requester): Reply {
  if (!requester.isAdmin) throw forbidden("create_default_security_group_rule");
  const rows = readCreation(call, offered(cloud, DEFAULT_RULE), requester).items.map(
    (values): DefaultRule => ({
      id: randomUUID(),
      description: textOf(values.description),
      ...trafficOf(values),
      inDefaultGroup: values.used_in_default_sg === true,
      inOtherGroups: values.used_in_non_default_sg === true,
    }),
  );
  const [first = null] = rows.map((row) => view(cloud.tables.defaultRules.put(row)));
  return { status: 201, json: { default_security_group_rule: first } };
}

/** DELETE /default-security-group-rules/ID, for administrators */
export function deleteDefaultRule(cloud: Cloud, call: Call, requester: Requester): Reply {
  if (!requester.isAdmin) throw forbidden("delete_default_security_group_rule");
  requireNoBody(call);
  cloud.tables.defaultRules.delete(find(cloud, call.segment("id")).id);
  return { status: 204 };
}

function find(cloud: Cloud, id: string): DefaultRule {
  const rule = defaultRules(cloud).find((it) => it.id === id);
  if (rule) return rule;
  const message = `Default Security Group rule ${id} does not exist`;
  throw neutronError(404, "DefaultSecurityGroupRuleNotFound", message);
}

function view(rule: DefaultRule): JsonObject {
  return {
    id: rule.id,
    description: rule.description,
    direction: rule.direction,
    ethertype: rule.ethertype,
    protocol: rule.protocol,
    port_range_min: rule.portMin,
    port_range_max: rule.portMax,
    remote_ip_prefix: rule.remoteIpPrefix,
    remote_group_id: rule.remoteGroupId,
    remote_address_group_id: rule.remoteAddressGroupId,
    used_in_default_sg: rule.inDefaultGroup,
    used_in_non_default_sg: rule.inOtherGroups,
  };
}
