import { withArticle } from "../../../engine/model/address.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Claim, ClaimRequest, RemoteObject } from "../../../engine/model/provider.js";

/**
 * Names are not unique in Neutron: what has the same name is somebody's own, unless an interrupted
 * run made it, which `adopt` then takes over.
 */
export function claimByName(
  { desired, unmanaged, intent }: ClaimRequest,
  thing: string,
  adopt: (object: RemoteObject, reason: string) => Claim,
): Claim {
  const namesakes = unmanaged.filter((object) => object.name === desired.name);
  if (intent?.action !== "create") return warnOf(namesakes, thing);
  const made = namesakes.filter((object) => !intent.existing.includes(object.id));
  const [object, ...others] = made;
  if (!object) return { kind: "none" };
  if (others.length > 0) return refuse(several(made, thing));
  return adopt(object, `adopted: created by an interrupted run at ${intent.startedAt}`);
}

/** A claim that is an error. */
export function refuse(diagnostic: Omit<Diagnostic, "severity">): Claim {
  return { kind: "none", diagnostics: [{ severity: "error", ...diagnostic }] };
}

function warnOf(namesakes: readonly RemoteObject[], thing: string): Claim {
  const [object] = namesakes;
  if (!object) return { kind: "none" };
  const name = JSON.stringify(object.name);
  return {
    kind: "none",
    diagnostics: [
      {
        severity: "warning",
        code: "already-exists",
        summary: `the cloud has ${withArticle(thing)} named ${name} that is not managed here: there will be another`,
        pointer: "/name",
        actual: namesakes.map((it) => it.id).join(", "),
        help: "It cannot be imported: delete it from the cloud if this one is to take its place, or choose another name to keep both apart.",
      },
    ],
  };
}

function several(made: readonly RemoteObject[], thing: string): Omit<Diagnostic, "severity"> {
  return {
    code: "ambiguous-name",
    summary: `an interrupted run was making this ${thing}, and the cloud has ${made.length} that may be it`,
    pointer: "/name",
    actual: made.map((it) => it.id).join(", "),
    help: "Delete those that are not wanted from the cloud and try again.",
  };
}
