import type { Cloud } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import type { SecurityGroupRule } from "../rows.js";
import { readCreation, readUpdate, textOf, type Values } from "./attributes.js";
import { bumpGroup, removeRule } from "./cascade.js";
import { ensureDefaultGroup } from "./default-group.js";
import { internalError, neutronError, noSuchResource } from "./errors.js";
import { SECURITY_GROUP_RULE } from "./kinds.js";
import { listReply, selectFields } from "./listing.js";
import { offered } from "./offered.js";
import { requireNoBody, requireRevision } from "./preconditions.js";
import { requireRuleQuota } from "./quotas.js";
import { isVisible, type Requester } from "./requester.js";
import { canonicalRule, checkRule } from "./rule-checks.js";
import { meaningOf, type RuleValues } from "./rule-meaning.js";
import { newStandard } from "./standard.js";
import { trafficOf } from "./traffic.js";
import { ruleView } from "./views.js";

/** GET /security-group-rules */
export function listRules(cloud: Cloud, call: Call, requester: Requester): Reply {
  ensureDefaultGroup(cloud, requester.projectId);
  const items = candidates(cloud, call.query, requester).map(ruleView);
  return { status: 200, json: listReply(cloud, call, SECURITY_GROUP_RULE, items) };
}

/** The visible rules, of the one group asked for where there is one. */
function candidates(
  cloud: Cloud,
  query: URLSearchParams,
  requester: Requester,
): readonly SecurityGroupRule[] {
  const { rules } = cloud.tables;
  const [group, ...others] = query.getAll("security_group_id");
  const seen = group !== undefined && others.length === 0 ? rules.by("group", group) : undefined;
  if (seen) return seen.filter((rule) => isVisible(rule, requester));
  return requester.isAdmin ? rules.all() : rules.by("project", requester.projectId);
}

/** GET /security-group-rules/ID */
export function showRule(cloud: Cloud, call: Call, requester: Requester): Reply {
  const view = ruleView(findRule(cloud, call.segment("id"), requester));
  return { status: 200, json: { security_group_rule: selectFields(view, call.query) } };
}

/** POST /security-group-rules, one or many of one group, all or none */
export function postRules(cloud: Cloud, call: Call, requester: Requester): Reply {
  const { bulk, items } = readCreation(call, offered(cloud, SECURITY_GROUP_RULE), requester);
  const [projectId = ""] = items.map((it) => textOf(it.project_id));
  requireRuleQuota(cloud, projectId, items.length);
  const wanted = items.map((values) => ({ values, rule: canonicalRule(ruleValues(values)) }));
  if (bulk) requireOneGroup(wanted.map((it) => it.rule));
  for (const { rule } of wanted) checkRule(cloud, rule, requester);
  requireNew(
    cloud,
    wanted.map((it) => it.rule),
  );
  const views = wanted.map(({ values, rule }) => ruleView(addRule(cloud, values, rule)));
  const [groupId = ""] = wanted.map((it) => it.rule.groupId);
  bumpGroup(cloud, groupId, views.length);
  const [first = null] = views;
  return {
    status: 201,
    json: bulk ? { security_group_rules: views } : { security_group_rule: first },
  };
}

/** PUT /security-group-rules/ID: rules do not change; Zed fails where it should refuse. */
export function putRule(cloud: Cloud, call: Call, requester: Requester): Reply {
  readUpdate(call, offered(cloud, SECURITY_GROUP_RULE), requester);
  findRule(cloud, call.segment("id"), requester);
  throw internalError();
}

/** DELETE /security-group-rules/ID */
export function deleteRule(cloud: Cloud, call: Call, requester: Requester): Reply {
  requireNoBody(call);
  const rule = findRule(cloud, call.segment("id"), requester);
  requireRevision(call, rule);
  removeRule(cloud, rule);
  return { status: 204 };
}

/** Throws the refusal of a rule that is not there for the requester. */
function findRule(cloud: Cloud, id: string, requester: Requester): SecurityGroupRule {
  const rule = cloud.tables.rules.get(id);
  if (rule && isVisible(rule, requester)) return rule;
  if (rule) throw noSuchResource();
  throw neutronError(404, "SecurityGroupRuleNotFound", `Security group rule ${id} does not exist`);
}

function ruleValues(values: Values): RuleValues {
  if (values.remote_group_id === "" || values.remote_address_group_id === "") {
    throw internalError();
  }
  return {
    groupId: textOf(values.security_group_id),
    ...trafficOf(values),
  };
}

function requireOneGroup(rules: readonly RuleValues[]): void {
  if (new Set(rules.map((rule) => rule.groupId)).size <= 1) return;
  throw neutronError(
    400,
    "SecurityGroupNotSingleGroupRules",
    "Only allowed to update rules for one security profile at a time",
  );
}

function requireNew(cloud: Cloud, rules: readonly RuleValues[]): void {
  const meanings = new Set(rules.map(meaningOf));
  if (meanings.size < rules.length) {
    throw neutronError(
      409,
      "DuplicateSecurityGroupRuleInPost",
      "Duplicate Security Group Rule in POST.",
    );
  }
  for (const meaning of meanings) {
    const existing = cloud.tables.rules.first("meaning", meaning);
    if (!existing) continue;
    throw neutronError(
      409,
      "SecurityGroupRuleExists",
      `Security group rule already exists. Rule id is ${existing.id}.`,
    );
  }
}

function addRule(cloud: Cloud, values: Values, rule: RuleValues): SecurityGroupRule {
  const standard = newStandard(cloud, textOf(values.project_id), textOf(values.description), 0);
  return cloud.tables.rules.put({ ...standard, ...rule, number: cloud.numbers.next() });
}
