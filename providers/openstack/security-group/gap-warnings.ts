import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Change } from "../../../engine/model/plan.js";
import type { SourceRange } from "../../../engine/model/source.js";
import { gapsOf, rewords } from "./gap.js";
import type { Rule } from "./rule.js";
import { rulesFromValue } from "./rule-attributes.js";
import { ruleText } from "./rule-text.js";

/** Announces the rules whose traffic is refused for a moment, since their description changes. */
export function gapWarnings(change: Change): readonly Diagnostic[] {
  if (change.action !== "update" && change.action !== "import") return [];
  const have = rulesFromValue(change.instance.attributes.rules);
  const gaps = gapsOf(rewords(have, rulesFromValue(change.desired.rules)));
  const warnings = [...gaps].map(([key, rule]) => {
    const found = change.attributes.find((it) => it.path[0] === "rules" && it.path[1] === key);
    return warning(rule, found?.range);
  });
  // One rule that is declared may be two in the cloud, for each address family.
  return [...new Map(warnings.map((it) => [JSON.stringify(it), it])).values()];
}

function warning(rule: Rule, range: SourceRange | undefined): Diagnostic {
  const text = ruleText({ ...rule, description: "" }).replace(/ \(IPv[46]\)$/u, "");
  return {
    severity: "warning",
    code: "traffic-gap",
    summary: `a changed description refuses the traffic of \`${text}\` for a moment`,
    detail:
      "OpenStack cannot change a rule, so it is removed and made again, and no two narrower rules can stand in for this one meanwhile.",
    pointer: "/rules",
    ...(range && { range }),
    help: "Leave the description as it was; or let a wider rule through first, such as one of the next larger range, and take it out after this change.",
  };
}
