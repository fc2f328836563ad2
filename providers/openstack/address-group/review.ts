import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { ReviewRequest } from "../../../engine/model/review-request.js";
import type { OpenStack } from "../cloud.js";
import { hasExtension, lacking } from "../network/extensions.js";
import { possibleDuplicates } from "../network/possible-duplicates.js";
import { isAsMade } from "./as-made.js";
import { describeUsers, findUsers } from "./users.js";

/** What this cloud is not able to do, what it would refuse, and what was made twice. */
export async function reviewAddressGroup(
  cloud: OpenStack,
  request: ReviewRequest,
): Promise<readonly Diagnostic[]> {
  const { change } = request;
  if (change.action === "create") return missing(cloud);
  if (change.action === "replace") return refuseInUse(cloud, change.instance.id);
  return possibleDuplicates(request, "address group", isAsMade);
}

async function missing(cloud: OpenStack): Promise<readonly Diagnostic[]> {
  if (await hasExtension(cloud, "address-group")) return [];
  return [{ severity: "error", ...lacking("address-group", "an address group"), pointer: "" }];
}

/** The old one would have to go before the new one is there, while rules still name it. */
async function refuseInUse(cloud: OpenStack, id: string): Promise<readonly Diagnostic[]> {
  if ((await findUsers(cloud, id)).length === 0) return [];
  return [
    {
      severity: "error",
      code: "in-use",
      summary: `it cannot be replaced: it is in use by ${await describeUsers(cloud, id)}`,
      pointer: "",
      help: "Leave --replace out: everything of an address group changes in place. For a new one, declare it under another name and let the rules name that.",
    },
  ];
}
