import type { Change } from "../../../engine/model/plan.js";
import type { QuotaCount, QuotaRule, Room } from "../../../engine/model/quota-rule.js";
import { isObject, type Json } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
import { roomIn } from "../room.js";
import { defaultRulesIfTold, USUALLY_GIVEN } from "./default-rules.js";
import { identity, type Rule } from "./rule.js";
import { rulesFromValue } from "./rule-attributes.js";

const GROUPS = "security groups";
const RULES = "security group rules";

/** Neutron limits groups and rules of a project; both come in one answer. */
export const groupQuota: QuotaRule<OpenStack> = {
  ...countWith(USUALLY_GIVEN),
  inCloud: async (cloud) => {
    const given = await defaultRulesIfTold(cloud, "used_in_non_default_sg");
    return countWith(given ?? USUALLY_GIVEN);
  },
  room: async ({ neutron, identity: { project } }) => {
    const answer = await neutron.get(`/quotas/${pathSegment(project.id)}/details.json`);
    const quota = isObject(answer?.quota) ? answer.quota : {};
    return { ...roomOf(GROUPS, quota.security_group), ...roomOf(RULES, quota.security_group_rule) };
  },
};

/** What the cloud gives a new group counts as well, until it is removed where it is not wanted. */
function countWith(given: readonly Rule[]): QuotaCount {
  const identities = new Set(given.map(identity));
  return {
    needs: (change, isMade) => ({
      [GROUPS]: change.action === "create" && !isMade ? 1 : 0,
      [RULES]: makes(change) ? newRules(change, isMade, identities) : count(change, "add"),
    }),
    frees: (change) => ({
      [GROUPS]: change.action === "delete" ? 1 : 0,
      [RULES]: existingRules(change) + (makes(change) ? unwanted(change, given).length : 0),
    }),
  };
}

type Making = Extract<Change, { readonly action: "create" | "replace" }>;

function makes(change: Change): change is Making {
  return change.action === "create" || change.action === "replace";
}

/** The declared rules and the given ones: those that are not wanted go after the others have come. */
function newRules({ desired }: Making, isMade: boolean, given: ReadonlySet<string>): number {
  const declared = [...rulesFromValue(desired.rules).values()].map(identity);
  const more = declared.filter((it) => !given.has(it)).length;
  return isMade ? more : more + given.size;
}

/** What the cloud gives the group and does not stay in it. */
function unwanted({ desired }: Making, given: readonly Rule[]): readonly Rule[] {
  const declared = new Set([...rulesFromValue(desired.rules).values()].map(identity));
  const keeps = (rule: Rule) => desired.default_egress === true && rule.direction === "egress";
  return given.filter((rule) => !keeps(rule) && !declared.has(identity(rule)));
}

/** The rules that a change removes of a group which is there. */
function existingRules(change: Change): number {
  if (change.action !== "delete" && change.action !== "replace") return count(change, "remove");
  return rulesFromValue(change.instance.attributes.rules).size;
}

function count({ action, attributes }: Change, kind: "add" | "remove"): number {
  if (action !== "update" && action !== "import") return 0;
  return attributes.filter((it) => it.path[0] === "rules" && it.kind === kind).length;
}

/** What is reserved by requests under way is taken. */
function roomOf(what: string, detail: Json | undefined): Readonly<Record<string, Room>> {
  if (!isObject(detail)) return {};
  const { limit, used, reserved } = detail;
  if (typeof limit !== "number" || typeof used !== "number") return {};
  return { [what]: roomIn(limit, used + (typeof reserved === "number" ? reserved : 0)) };
}
