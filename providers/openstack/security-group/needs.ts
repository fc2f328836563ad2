import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { JsonObject, ValueObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { type Extension, hasExtension, lacking, requireExtension } from "../network/extensions.js";
import type { RuleSet } from "./rule-attributes.js";
import { rulesFromValue } from "./rule-attributes.js";
import { ruleText } from "./rule-text.js";

/** Something declared that not every cloud is able to do. */
export interface Need {
  readonly extension: Extension;
  readonly what: string;
  readonly pointer: string;
}

/** What a group needs that is as desired; of its rules those in `rules`. */
export function findNeeds(
  { stateful, rules }: ValueObject,
  ofRules: RuleSet = rulesFromValue(rules),
): readonly Need[] {
  const rule = [...ofRules.values()].find((it) => it.remote.kind === "address-group");
  const needs: Need[] = [];
  if (stateful === false) {
    const extension = "stateful-security-group";
    needs.push({ extension, what: "`stateful: false`", pointer: "/stateful" });
  }
  if (rule) {
    const extension = "security-groups-remote-address-group";
    const what = `the rule \`${ruleText({ ...rule, description: "" })}\``;
    needs.push({ extension, what, pointer: "/rules" });
  }
  return needs;
}

/** What of the desired needs an extension and is not there yet: what is shows that the cloud has it. */
export function newNeeds(desired: ValueObject, existing: JsonObject): readonly Need[] {
  const { stateful, rules } = desired;
  const have = rulesFromValue(existing.rules);
  const more = new Map([...rulesFromValue(rules)].filter(([key]) => !have.has(key)));
  return findNeeds(existing.stateful === stateful ? {} : { stateful: stateful ?? null }, more);
}

/** The needs that the cloud does not meet, as errors. */
export async function missing(
  cloud: OpenStack,
  needs: readonly Need[],
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const { extension, what, pointer } of needs) {
    if (await hasExtension(cloud, extension)) continue;
    found.push({ severity: "error", ...lacking(extension, what), pointer });
  }
  return found;
}

/** Throws `unsupported` for the first need that the cloud does not meet. */
export async function requireAll(cloud: OpenStack, needs: readonly Need[]): Promise<void> {
  for (const { extension, what } of needs) await requireExtension(cloud, extension, what);
}
