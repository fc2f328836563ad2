import { CloudError } from "../../../engine/model/errors.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { objects } from "../network/answer.js";
import { readGroup } from "./read-group.js";
import type { Rule } from "./rule.js";
import type { RuleSet } from "./rule-attributes.js";
import { ruleRequests } from "./rule-requests.js";
import { rawRules } from "./stored-group.js";
import { ruleBody, storedRule } from "./stored-rule.js";

/**
 * Adds rules to a group: a request for every 250. What is there already, because somebody else was
 * faster or an answer was lost, is taken as it is. Answers the rules as they are in the cloud.
 */
export async function addRules(
  cloud: OpenStack,
  groupId: string,
  wanted: RuleSet,
  report: (message: string) => void,
): Promise<RuleSet> {
  const added = new Map<string, Rule>();
  for (const chunk of ruleRequests(wanted, groupId)) {
    if (added.size > 0) report(`added ${added.size} of ${wanted.size} rules`);
    for (const [key, rule] of await addChunk(cloud, groupId, chunk)) added.set(key, rule);
  }
  return added;
}

async function addChunk(cloud: OpenStack, groupId: string, chunk: RuleSet): Promise<RuleSet> {
  if (chunk.size === 0) return chunk;
  try {
    return await postRules(cloud, groupId, chunk);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const there = await presentOf(cloud, groupId, chunk);
    if (there.size === 0) throw error;
    const missing = new Map([...chunk].filter(([key]) => !there.has(key)));
    return new Map([...asRules(there, groupId), ...(await addChunk(cloud, groupId, missing))]);
  }
}

async function postRules(cloud: OpenStack, groupId: string, chunk: RuleSet): Promise<RuleSet> {
  const answer = await cloud.neutron.post(
    "/security-group-rules",
    { security_group_rules: [...chunk.values()].map((rule) => ruleBody(rule, groupId)) },
    {
      landed: async () => {
        const there = await presentOf(cloud, groupId, chunk);
        const raw = [...chunk.keys()].flatMap((key) => there.get(key) ?? []);
        return raw.length === chunk.size ? { security_group_rules: raw } : undefined;
      },
    },
  );
  // Neutron answers a bulk request in the order of the request.
  const made = objects(answer.security_group_rules);
  return new Map(
    [...chunk].map(([key, rule], index) => {
      const stored = made[index];
      return [key, stored ? storedRule(stored, groupId) : rule];
    }),
  );
}

function isDuplicate(error: unknown): boolean {
  return error instanceof CloudError && error.response.type === "SecurityGroupRuleExists";
}

/** Those of the wanted rules that the group has, as the cloud answers them. */
async function presentOf(
  cloud: OpenStack,
  groupId: string,
  wanted: RuleSet,
): Promise<ReadonlyMap<string, JsonObject>> {
  const rules = rawRules(await readGroup(cloud, groupId));
  return new Map([...rules].filter(([key]) => wanted.has(key)));
}

function asRules(raw: ReadonlyMap<string, JsonObject>, groupId: string): RuleSet {
  return new Map([...raw].map(([key, stored]) => [key, storedRule(stored, groupId)]));
}
