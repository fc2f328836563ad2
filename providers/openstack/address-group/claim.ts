import type { Claim, ClaimRequest } from "../../../engine/model/provider.js";
import type { OpenStack } from "../cloud.js";
import { claimByName, refuse } from "../network/claim-by-name.js";
import { hasExtension, lacking } from "../network/extensions.js";

/** What an interrupted run made is adopted. A cloud without address groups is refused. */
export async function claimAddressGroup(cloud: OpenStack, request: ClaimRequest): Promise<Claim> {
  if (!(await hasExtension(cloud, "address-group"))) {
    return refuse({ ...lacking("address-group", "an address group"), pointer: "" });
  }
  return claimByName(request, "address group", (object, reason) => ({
    kind: "adopt",
    object,
    reason,
  }));
}
