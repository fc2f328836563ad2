import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { addRules } from "./add-rules.js";
import { rewords } from "./gap.js";
import { readGroup } from "./read-group.js";
import { removeRules } from "./remove-rules.js";
import { type Reworded, rewordRules } from "./reword-rules.js";
import type { Rule } from "./rule.js";
import type { RuleSet } from "./rule-attributes.js";
import { rawRules } from "./stored-group.js";

export interface RuleChanges {
  readonly wanted: RuleSet;
  /** What the group has, as far as the plan has shown it. */
  readonly have: RuleSet;
  readonly report: (message: string) => void;
}

/**
 * Gives a group the wanted rules: opens first, then closes, so that nothing that is let through before
 * and after is ever refused in between. A rule that the plan has not shown is left alone.
 */
export async function changeRules(
  cloud: OpenStack,
  groupId: string,
  { wanted, have, report }: RuleChanges,
): Promise<Reworded> {
  const missing = new Map([...wanted].filter(([key]) => !have.has(key)));
  const added = await addRules(cloud, groupId, missing, report);
  const current = new Map([...have, ...added]);
  const rewording = rewords(current, wanted);
  const unwanted = [...current.keys()].filter((key) => !wanted.has(key));
  if (rewording.reworded.size === 0 && unwanted.length === 0) return { rules: current, notes: [] };

  const stored = rawRules(await readGroup(cloud, groupId));
  const again = await rewordRules(cloud, groupId, { ...rewording, stored, report });
  await removeRules(
    cloud,
    unwanted.flatMap((key) => text(stored.get(key)?.id) || []),
    report,
  );
  const rules = new Map([...wanted.keys()].flatMap((key) => entry(key, again.rules, current)));
  return { rules, notes: again.notes };
}

function entry(key: string, ...sources: readonly RuleSet[]): readonly [string, Rule][] {
  const rule = sources.map((source) => source.get(key)).find((it) => it !== undefined);
  return rule ? [[key, rule]] : [];
}
