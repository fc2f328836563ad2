import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Change } from "../../../engine/model/plan.js";
import type { ReviewRequest } from "../../../engine/model/review-request.js";
import type { OpenStack } from "../cloud.js";
import { possibleDuplicates } from "../network/possible-duplicates.js";
import { isAsMade } from "./as-made.js";
import { DEFAULT_GROUP } from "./declaration.js";
import { gapWarnings } from "./gap-warnings.js";
import { missingGroups } from "./missing-groups.js";
import { findNeeds, missing, type Need, newNeeds } from "./needs.js";

/** What Neutron refuses, what this cloud lacks, what traffic is refused meanwhile, and what was made twice. */
export async function reviewGroup(
  cloud: OpenStack,
  request: ReviewRequest,
): Promise<readonly Diagnostic[]> {
  return [
    ...refusedNames(request.change),
    ...(await missing(cloud, needsOf(request.change))),
    ...(await missingGroups(cloud, request.change)),
    ...gapWarnings(request.change),
    ...possibleDuplicates(request, "security group", isAsMade),
  ];
}

function needsOf(change: Change): readonly Need[] {
  switch (change.action) {
    case "create":
    case "replace":
      return findNeeds(change.desired);
    case "update":
    case "import":
      return newNeeds(change.desired, change.instance.attributes);
    default:
      return [];
  }
}

/** To give the default group's name, or to take it away. */
function refusedNames(change: Change): readonly Diagnostic[] {
  if (change.action !== "update") return [];
  const before = change.instance.attributes.name;
  const after = change.desired.name;
  if (before === after || (before !== DEFAULT_GROUP && after !== DEFAULT_GROUP)) return [];
  return [
    {
      severity: "error",
      code: "bad-name",
      summary:
        after === DEFAULT_GROUP
          ? "a security group cannot become the project's default group"
          : "the project's default group cannot be renamed",
      pointer: "/name",
      help: "Declare the other group under a name of its own.",
    },
  ];
}
