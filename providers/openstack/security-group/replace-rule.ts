import { CloudError } from "../../../engine/model/errors.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { text } from "../network/answer.js";
import { addRules } from "./add-rules.js";
import { removeRules } from "./remove-rules.js";
import type { Rule } from "./rule.js";
import { ruleText } from "./rule-text.js";
import { storedRule } from "./stored-rule.js";

export interface Replacement {
  readonly key: string;
  readonly rule: Rule;
  /** What it takes the place of, as Neutron answers it. */
  readonly old: JsonObject | undefined;
}

/** Removes a rule and adds it anew at once; where that fails, the old one is put back. */
export async function replaceRule(
  cloud: OpenStack,
  groupId: string,
  { key, rule, old }: Replacement,
): Promise<Rule> {
  const add = async (it: Rule) =>
    (await addRules(cloud, groupId, new Map([[key, it]]), () => {})).get(key) ?? it;
  if (old) await removeRules(cloud, [text(old.id)], () => {});
  try {
    return await add(rule);
  } catch (error) {
    if (!old) throw error;
    await add(storedRule(old, groupId)).catch(() => {
      throw lost(rule, error);
    });
    throw error;
  }
}

function lost(rule: Rule, cause: unknown): CloudError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CloudError(
    "server-error",
    `${ruleText(rule)} was removed and could not be added again: ${why}`,
    { effect: "unknown" },
    { cause, help: "Apply again at once: its traffic is refused until then." },
  );
}
