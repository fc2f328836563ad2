import type { Address } from "./address.js";
import type { CloudIdentity } from "./cloud-identity.js";
import type { Diagnostic } from "./diagnostic.js";
import type { RemoteObject } from "./remote-object.js";
import type { Resource } from "./resource.js";
import type { SourceRange } from "./source.js";
import type { Intent, ResourceInstance } from "./state.js";
import type { Json, JsonObject, Value, ValueObject } from "./value.js";

/** What will be done with one resource instance. */
export type Action = "no-op" | "create" | "update" | "replace" | "delete" | "import" | "forget";

/** One attribute, or one member of a set, that differs. */
export interface AttributeChange {
  /** The attribute, and the way inside it. */
  readonly path: readonly string[];
  readonly kind: "add" | "remove" | "change";
  readonly before?: Value;
  readonly after?: Value;
  /** The member of a set in words; absent for a plain attribute. */
  readonly label?: string;
  readonly forcesReplacement?: true;
  /** The cloud gives it by itself to what is made. */
  readonly isDefault?: true;
  /** The cloud removes it by itself when this is deleted. */
  readonly goesWith?: Address;
  /** Where the configuration says so. */
  readonly range?: SourceRange;
}

interface ChangeBase {
  readonly address: Address;
  /** Why this action: one clause, without a full stop. */
  readonly reason: string;
  readonly attributes: readonly AttributeChange[];
  /** Where it is declared; absent for what is not declared any more. */
  readonly range?: SourceRange;
}

/** What will be done, with all that doing it needs. */
export type Change =
  | (ChangeBase & {
      readonly action: "no-op";
      readonly resource: Resource;
      /** As refreshed. */
      readonly instance: ResourceInstance;
    })
  | (ChangeBase & {
      readonly action: "create";
      readonly resource: Resource;
      readonly desired: ValueObject;
      /** The remembered attributes where it was removed outside. */
      readonly previous?: JsonObject;
      /** Ids the cloud has under the same name already. */
      readonly existing: readonly string[];
    })
  | (ChangeBase & {
      readonly action: "update";
      readonly resource: Resource;
      readonly desired: ValueObject;
      readonly instance: ResourceInstance;
    })
  | (ChangeBase & {
      readonly action: "replace";
      readonly resource: Resource;
      readonly desired: ValueObject;
      /** What is deleted first. */
      readonly instance: ResourceInstance;
    })
  | (ChangeBase & {
      readonly action: "delete";
      readonly instance: ResourceInstance;
      /** What an interrupted run made beside it: deleted as well. */
      readonly duplicates?: readonly RemoteObject[];
    })
  | (ChangeBase & {
      readonly action: "import";
      readonly resource: Resource;
      readonly desired: ValueObject;
      readonly object: RemoteObject;
      readonly instance: ResourceInstance;
      /** What an interrupted run made beside it: deleted. */
      readonly duplicates?: readonly RemoteObject[];
    })
  | (ChangeBase & { readonly action: "forget"; readonly instance: ResourceInstance });

/** A difference between what state remembers and what the cloud has. */
export interface Drift {
  readonly address: Address;
  /** `obsolete`: it is as it was, but no longer of use, such as a credential that has expired. */
  readonly kind: "changed" | "deleted" | "obsolete";
  /** Why it is obsolete. */
  readonly reason?: string;
  readonly attributes: readonly AttributeChange[];
  readonly range?: SourceRange;
  /** When the cloud last changed it, where it tells: ISO 8601, UTC. */
  readonly updatedAt?: string;
}

/** A change that asks nothing of the cloud: what the state remembers is all that differs. */
export type StateChange =
  | {
      readonly kind: "output";
      readonly name: string;
      readonly before?: Json;
      readonly after?: Json;
    }
  /** Whether `prevent_destroy` holds from now on. */
  | { readonly kind: "protection"; readonly address: Address; readonly preventDestroy: boolean };

/** How many resource instances there are for each action. */
export type Summary = Readonly<Record<Action, number>>;

/** Counts things by action. */
export function summarize(things: readonly { readonly action: Action }[]): Summary {
  const counts: Record<Action, number> = {
    "no-op": 0,
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    import: 0,
    forget: 0,
  };
  for (const { action } of things) counts[action] += 1;
  return counts;
}

/** What apply will do. A value: made without writing anything, rendered in several views. */
export interface Plan {
  /** In the order of apply; no-ops among them. */
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  /** Writes that an interrupted run left open, and that this plan settles. */
  readonly interrupted: readonly Intent[];
  readonly outputs: ValueObject;
  readonly stateChanges: readonly StateChange[];
  readonly diagnostics: readonly Diagnostic[];
  /** The cloud that was asked; absent where nothing needed it. */
  readonly cloud?: CloudIdentity;
  /** The state it was made from. */
  readonly base: { readonly lineage: string; readonly serial: number };
  readonly summary: Summary;
}
