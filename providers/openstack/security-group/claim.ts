import type { Claim, ClaimRequest } from "../../../engine/model/claim.js";
import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { OpenStack } from "../cloud.js";
import { claimByName, refuse } from "../network/claim-by-name.js";
import { isAsMade } from "./as-made.js";
import { DEFAULT_GROUP } from "./declaration.js";
import { givenEgress } from "./given-egress.js";
import { egressRules } from "./reconcile.js";
import { type RuleSet, ruleSet, rulesJson } from "./rule-attributes.js";

/**
 * The project's default group is adopted; so is what an interrupted run made. Any other group of the
 * same name is somebody's own.
 */
export async function claimGroup(cloud: OpenStack, request: ClaimRequest): Promise<Claim> {
  if (request.desired.name === DEFAULT_GROUP) return claimDefault(cloud, request.unmanaged);
  return claimByName(request, { thing: "security group", isAsMade }, (object, reason) =>
    adopt(object, reason, ruleSet(egressRules(object.attributes))),
  );
}

async function claimDefault(cloud: OpenStack, unmanaged: readonly RemoteObject[]): Promise<Claim> {
  const object = unmanaged.find((it) => it.name === DEFAULT_GROUP);
  if (object) {
    const egress = await givenEgress(cloud, object.attributes);
    return adopt(object, "the project's default group is adopted", egress);
  }
  return refuse({
    code: "already-exists",
    summary: "the project's default group is managed by another declaration already",
    pointer: "/name",
    help: "Declare it once.",
  });
}

function adopt(object: RemoteObject, reason: string, egress: RuleSet) {
  const local = { default_egress_rules: rulesJson(egress) };
  return { kind: "adopt", object, reason, local } as const;
}
