import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Change } from "../../../engine/model/plan.js";
import type { SourceRange } from "../../../engine/model/source.js";
import { ADDRESS_GROUPS } from "../address-group/list.js";
import type { OpenStack } from "../cloud.js";
import { findMissing } from "../network/existing.js";
import { GROUPS } from "./list.js";
import type { Rule } from "./rule.js";
import { rulesFromValue } from "./rule-attributes.js";
import { ruleText } from "./rule-text.js";

/** A rule to be made that names a group by its id. */
interface Naming {
  readonly id: string;
  readonly rule: Rule;
  readonly collection: typeof GROUPS;
  /** Where the rule is declared. */
  readonly range?: SourceRange;
}

/** Refuses new rules that name by an id a group which the cloud does not show to this log-in. */
export async function missingGroups(
  cloud: OpenStack,
  change: Change,
): Promise<readonly Diagnostic[]> {
  const all = namingsIn(change);
  const found = await Promise.all(
    [GROUPS, ADDRESS_GROUPS].map(async (collection) => {
      const own = all.filter((it) => it.collection === collection);
      const ids = own.map((it) => it.id);
      const missing = new Set(await findMissing(cloud, collection, ids));
      return own.filter((it) => missing.has(it.id));
    }),
  );
  // One rule that is declared may be two in the cloud, for each address family.
  const places = new Map(found.flat().map((it) => [JSON.stringify([it.id, it.range]), it]));
  return [...places.values()].map(refusal);
}

function namingsIn(change: Change): readonly Naming[] {
  return newRules(change).flatMap(([key, rule]): readonly Naming[] => {
    const { remote } = rule;
    if (!("id" in remote) || typeof remote.id !== "string") return [];
    const collection = remote.kind === "group" ? GROUPS : ADDRESS_GROUPS;
    const range = change.attributes.find(
      (it) => it.path[0] === "rules" && it.path[1] === key,
    )?.range;
    return [{ id: remote.id, rule, collection, ...(range && { range }) }];
  });
}

/** What is there already names what exists. */
function newRules(change: Change): readonly (readonly [string, Rule])[] {
  if (!("desired" in change)) return [];
  const wanted = [...rulesFromValue(change.desired.rules)];
  if (change.action === "create") return wanted;
  const have = rulesFromValue(change.instance.attributes.rules);
  return wanted.filter(([key]) => !have.has(key));
}

function refusal({ id, rule, collection, range }: Naming): Diagnostic {
  const { thing } = collection;
  const type = thing.replaceAll(" ", "_");
  return {
    severity: "error",
    code: "missing-group",
    summary: `there is no ${thing} with this id, or this log-in cannot see it`,
    detail: `The cloud would refuse the rule \`${ruleText({ ...rule, description: "" })}\`.`,
    pointer: "/rules",
    ...(range && { range }),
    actual: id,
    expected: `${type}.NAME, or the id of a ${thing} of this project or shared with it`,
    help: `Correct the id, or have the other project share its ${thing}; one that is declared here is named as ${type}.NAME.`,
  };
}
