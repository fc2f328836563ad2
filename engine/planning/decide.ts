import type { Claim } from "../model/claim.js";
import type { Action, AttributeChange } from "../model/plan.js";

/** All that the choice of an action depends on. */
export interface Facts {
  /** Whether the configuration has it, and it is not being destroyed. */
  readonly declared: boolean;
  /** Whether the whole configuration is being destroyed. */
  readonly destroying: boolean;
  /** When the interrupted run began that left it behind, for what nothing else knows of. */
  readonly leftBehind?: string;
  /** The files that its secret was to go to. */
  readonly secretFiles?: readonly string[];
  /** Whether state remembers it. */
  readonly remembered: boolean;
  /** When an interrupted run began to delete it. */
  readonly deletedBy?: string;
  /** Whether the cloud has it. */
  readonly exists: boolean;
  /** What the cloud has in its stead, where state remembers nothing that exists. */
  readonly claim?: Claim;
  /** What differs between the cloud and the declaration. */
  readonly attributes: readonly AttributeChange[];
  /** Why it must be made anew all the same. */
  readonly obsolete?: string;
  /** Why it can never be deleted. */
  readonly undeletable?: string;
  /** Whether the user asked for a replacement. */
  readonly replaceAsked: boolean;
  /** Whether its type can change it in place. */
  readonly updatable: boolean;
}

export interface Decision {
  readonly action: Action;
  readonly reason: string;
}

/** Chooses what is done with one resource instance: the only place where this is chosen. */
export function decide(facts: Facts): Decision {
  if (!facts.declared) return decideUndeclared(facts);
  return facts.exists ? decideExisting(facts) : decideMissing(facts);
}

function decideUndeclared(facts: Facts): Decision {
  if (!facts.exists) return { action: "forget", reason: "it is gone from the cloud already" };
  if (facts.undeletable) return { action: "forget", reason: facts.undeletable };
  if (facts.leftBehind) {
    const files = (facts.secretFiles ?? []).join(" and ");
    const secret = files === "" ? "" : `, its secret perhaps in ${files}`;
    const reason = `an interrupted run at ${facts.leftBehind} left it behind${secret}`;
    return { action: "delete", reason };
  }
  return {
    action: "delete",
    reason: facts.destroying ? "everything is to be destroyed" : "it is not declared any more",
  };
}

function decideMissing({ claim, remembered, deletedBy }: Facts): Decision {
  if (claim?.kind === "adopt") return { action: "import", reason: claim.reason };
  if (claim?.kind === "discard") return { action: "replace", reason: claim.reason };
  if (!remembered) return { action: "create", reason: "it is new" };
  const by = deletedBy ? `by an interrupted run at ${deletedBy}` : "outside of Portcullis";
  return { action: "create", reason: `it was deleted ${by}` };
}

function decideExisting(facts: Facts): Decision {
  if (facts.replaceAsked) return { action: "replace", reason: "it was asked for by --replace" };
  if (facts.obsolete) return { action: "replace", reason: facts.obsolete };
  if (facts.attributes.length === 0) return { action: "no-op", reason: "as declared" };
  const forcing = facts.attributes.filter((it) => it.forcesReplacement || !facts.updatable);
  if (forcing.length > 0) {
    return { action: "replace", reason: `${names(forcing)} cannot be changed in place` };
  }
  return { action: "update", reason: `${names(facts.attributes)} changed` };
}

/** The attributes' names, each once: `name, description and rules`. */
function names(attributes: readonly AttributeChange[]): string {
  const all = [...new Set(attributes.map((it) => it.path[0] ?? ""))];
  const last = all.pop() ?? "";
  return all.length > 0 ? `${all.join(", ")} and ${last}` : last;
}
