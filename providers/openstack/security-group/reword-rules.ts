import { CloudError } from "../../../engine/model/errors.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { addRules } from "./add-rules.js";
import { coverRule } from "./cover.js";
import { isLetThrough, type Rewords } from "./gap.js";
import { readGroup } from "./read-group.js";
import { removeRules } from "./remove-rules.js";
import { replaceRule } from "./replace-rule.js";
import type { Rule } from "./rule.js";
import { type RuleSet, ruleSet } from "./rule-attributes.js";
import { ruleText } from "./rule-text.js";
import { rawRules } from "./stored-group.js";

export interface Rewording extends Rewords {
  /** What the group has, as Neutron answers it. */
  readonly stored: ReadonlyMap<string, JsonObject>;
  readonly report: (message: string) => void;
}

/** Rules as they are now, and what the user should know of how they came to be so. */
export interface Reworded {
  readonly rules: RuleSet;
  readonly notes: readonly string[];
}

/**
 * Changes descriptions. Neutron can neither change a rule nor hold two equal ones, so each is
 * removed and made again, while others that mean the same together stand in for it. Where there are
 * none, what it lets through is refused for a moment, which the notes tell.
 */
export async function rewordRules(
  cloud: OpenStack,
  groupId: string,
  rewording: Rewording,
): Promise<Reworded> {
  const { reworded, standing, stored, report } = rewording;
  const covers = await addCovers(cloud, groupId, rewording);
  const covered = new Map([...reworded].filter(([, rule]) => covers && coverRule(rule)));
  if (covered.size > 0) report("changing descriptions while other rules stand in");
  await removeRules(cloud, idsOf(covered.keys(), stored), report);
  const rules = new Map(await addRules(cloud, groupId, covered, report));
  if (covers) await removeCovers(cloud, groupId, covers, report);

  const notes: string[] = [];
  for (const [key, rule] of reworded) {
    if (covered.has(key)) continue;
    report(`replacing ${ruleText(rule)}`);
    rules.set(key, await replaceRule(cloud, groupId, { key, rule, old: stored.get(key) }));
    if (isLetThrough(rule, standing)) continue;
    notes.push(
      `${ruleText(rule)}: its traffic was refused for a moment, since OpenStack cannot change a rule's description`,
    );
  }
  return { rules, notes };
}

/** Adds what stands in for the rules; undefined where the quota leaves no room for it. */
async function addCovers(
  cloud: OpenStack,
  groupId: string,
  { reworded, stored, report }: Rewording,
): Promise<RuleSet | undefined> {
  const halves = [...reworded.values()].flatMap((rule) => coverRule(rule) ?? []);
  const wording = "stands in while a description changes";
  const distinct = [...ruleSet(halves.map((rule): Rule => ({ ...rule, description: wording })))];
  const covers = new Map(distinct.filter(([key]) => !key.includes("#") && !stored.has(key)));
  try {
    await addRules(cloud, groupId, covers, report);
    return covers;
  } catch (error) {
    if (error instanceof CloudError && error.code === "quota") return undefined;
    throw error;
  }
}

async function removeCovers(
  cloud: OpenStack,
  groupId: string,
  covers: RuleSet,
  report: (message: string) => void,
): Promise<void> {
  if (covers.size === 0) return;
  const stored = rawRules(await readGroup(cloud, groupId));
  await removeRules(cloud, idsOf(covers.keys(), stored), report);
}

function idsOf(keys: Iterable<string>, stored: ReadonlyMap<string, JsonObject>): readonly string[] {
  return [...keys].flatMap((key) => text(stored.get(key)?.id) || []);
}
