import { withArticle } from "../../../engine/model/address.js";
import type { Claim, ClaimRequest } from "../../../engine/model/claim.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { RemoteObject } from "../../../engine/model/remote-object.js";
import type { ValueObject } from "../../../engine/model/value.js";

/** A kind of thing whose names are not unique. */
interface Kind {
  /** What one is called. */
  readonly thing: string;
  /** Whether it is as a creation leaves it, so that nothing is lost with it. */
  readonly isAsMade: (object: RemoteObject, wanted: ValueObject) => boolean;
}

/**
 * Names are not unique in Neutron: what has the same name is somebody's own, unless an interrupted
 * run made it, which `adopt` then takes over. Where it made several, as a request without an answer
 * may land late, one is taken over and the others go, but for as many as other addresses may have made.
 */
export function claimByName(
  { desired, unmanaged, intent, rivals = 0 }: ClaimRequest,
  { thing, isAsMade }: Kind,
  adopt: (object: RemoteObject, reason: string) => Extract<Claim, { readonly kind: "adopt" }>,
): Claim {
  const named = (name: unknown) => unmanaged.filter((object) => object.name === name);
  if (intent?.action !== "create") return warnOf(named(desired.name), thing);
  // The name that it had then: the declaration may have another by now.
  const made = named(intent.name).filter((object) => !intent.existing.includes(object.id));
  const [object, ...others] = made;
  if (!object) return { kind: "none" };
  const reason = `adopted: created by an interrupted run at ${intent.startedAt}`;
  const duplicates = others.slice(rivals);
  if (duplicates.length === 0) return adopt(object, reason);
  if (!made.every((it) => isAsMade(it, desired))) return refuse(several(made, thing));
  const ids = duplicates.map((it) => it.id).join(", ");
  return { ...adopt(object, `${reason}, more than once: ${ids} will be deleted`), duplicates };
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
