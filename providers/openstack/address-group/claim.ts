import type { Claim, ClaimRequest } from "../../../engine/model/claim.js";
import { claimByName } from "../network/claim-by-name.js";
import { isAsMade } from "./as-made.js";

/** What an interrupted run made is adopted; any other of the same name is somebody's own. */
export function claimAddressGroup(request: ClaimRequest): Claim {
  return claimByName(request, { thing: "address group", isAsMade }, (object, reason) => ({
    kind: "adopt",
    object,
    reason,
  }));
}
