import type { Change } from "../../../engine/model/plan.js";
import type { QuotaRule, Room } from "../../../engine/model/quota-rule.js";
import { isObject, type Json } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";
import { roomIn } from "../room.js";
import { defaultRulesIfTold } from "./default-rules.js";
import { identity, type Rule } from "./rule.js";
import { rulesFromValue } from "./rule-attributes.js";

const GROUPS = "security groups";
const RULES = "security group rules";

/** What Neutron puts into a new group unless its operator decided otherwise. */
const USUALLY_GIVEN: readonly Rule[] = (["ipv4", "ipv6"] as const).map((family) => ({
  direction: "egress",
  family,
  protocol: null,
  ports: null,
  remote: { kind: "anywhere" },
  description: "",
}));

/** Neutron limits groups and rules of a project; both come in one answer. */
export const groupQuota: QuotaRule<OpenStack> = {
  ...needsWith(USUALLY_GIVEN),
  inCloud: async (cloud) => {
    const given = await defaultRulesIfTold(cloud, "used_in_non_default_sg");
    return needsWith(given ?? USUALLY_GIVEN);
  },
  room: async ({ neutron, identity: { project } }) => {
    const answer = await neutron.get(`/quotas/${pathSegment(project.id)}/details.json`);
    const quota = isObject(answer?.quota) ? answer.quota : {};
    return { ...roomOf(GROUPS, quota.security_group), ...roomOf(RULES, quota.security_group_rule) };
  },
};

/** What the cloud gives a new group counts as well. */
function needsWith(given: readonly Rule[]): Pick<QuotaRule, "needs"> {
  const identities = new Set(given.map(identity));
  return {
    needs: (change, isMade) => ({
      [GROUPS]: makes(change) && change.action === "create" && !isMade ? 1 : 0,
      [RULES]: makes(change) ? newRules(change, isMade, identities) : addedRules(change),
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

function addedRules({ action, attributes }: Change): number {
  if (action !== "update" && action !== "import") return 0;
  return attributes.filter(({ path, kind }) => path[0] === "rules" && kind === "add").length;
}

/** What is reserved by requests under way is taken. */
function roomOf(what: string, detail: Json | undefined): Readonly<Record<string, Room>> {
  if (!isObject(detail)) return {};
  const { limit, used, reserved } = detail;
  if (typeof limit !== "number" || typeof used !== "number") return {};
  return { [what]: roomIn(limit, used + (typeof reserved === "number" ? reserved : 0)) };
}
