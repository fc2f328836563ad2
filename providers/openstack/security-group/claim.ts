import type { Claim, ClaimRequest, RemoteObject } from "../../../engine/model/provider.js";
import { DEFAULT_GROUP } from "./declaration.js";
import { defaultEgress, egressRules } from "./reconcile.js";
import { type RuleSet, ruleSet, rulesJson } from "./rule-attributes.js";

/**
 * The project's default group is adopted; so is what an interrupted run made. Any other group of the
 * same name is somebody's own: names are not unique.
 */
export function claimGroup({ desired, unmanaged, intent }: ClaimRequest): Claim {
  const { name } = desired;
  const namesakes = unmanaged.filter((object) => object.name === name);
  if (name === DEFAULT_GROUP) return claimDefault(namesakes);
  if (intent?.action !== "create") return warnOf(namesakes);
  const made = namesakes.filter((object) => !intent.existing.includes(object.id));
  const [object, ...others] = made;
  if (!object) return { kind: "none" };
  if (others.length > 0) return refuseSeveral(made);
  return adopt(object, "made by an interrupted run", ruleSet(egressRules(object.attributes)));
}

function claimDefault([object]: readonly RemoteObject[]): Claim {
  if (object) {
    const reason = "the project's default group is adopted";
    return adopt(object, reason, defaultEgress(object.attributes));
  }
  return {
    kind: "none",
    diagnostics: [
      {
        severity: "error",
        code: "already-exists",
        summary: "the project's default group is managed by another declaration already",
        pointer: "/name",
        help: "Declare it once.",
      },
    ],
  };
}

function adopt(object: RemoteObject, reason: string, egress: RuleSet): Claim {
  return { kind: "adopt", object, reason, local: { default_egress_rules: rulesJson(egress) } };
}

function warnOf(namesakes: readonly RemoteObject[]): Claim {
  const [object] = namesakes;
  if (!object) return { kind: "none" };
  return {
    kind: "none",
    diagnostics: [
      {
        severity: "warning",
        code: "already-exists",
        summary: `the cloud has a security group named ${JSON.stringify(object.name)} that is not managed here: there will be another`,
        pointer: "/name",
        actual: namesakes.map((it) => it.id).join(", "),
        help: "Choose another name if the two should not be mistaken for each other.",
      },
    ],
  };
}

function refuseSeveral(made: readonly RemoteObject[]): Claim {
  return {
    kind: "none",
    diagnostics: [
      {
        severity: "error",
        code: "ambiguous-name",
        summary: `an interrupted run was making this group, and the cloud has ${made.length} that may be it`,
        pointer: "/name",
        actual: made.map((it) => it.id).join(", "),
        help: "Delete those that are not wanted from the cloud and try again.",
      },
    ],
  };
}
