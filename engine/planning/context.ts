import { attributeAt, type Resolved } from "../graph/resolve.js";
import { type Address, formatAddress } from "../model/address.js";
import type { Connection } from "../model/connection.js";
import type { Lookup } from "../model/expression.js";
import type { NameOf } from "../model/name-of.js";
import type { Change } from "../model/plan.js";
import type { RemoteObject } from "../model/remote-object.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import type { Runtime } from "../model/runtime.js";
import type { Intent, ResourceInstance, Snapshot } from "../model/state.js";
import { Unknown, type ValueObject } from "../model/value.js";
import type { Refreshed } from "./refresh.js";

/** What planning one resource needs of all the others. */
export interface PlanningContext {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly types: ReadonlyMap<string, ResourceType>;
  readonly refreshed: Refreshed;
  /** Declarations that needed nothing of the cloud to be in canonical form. */
  readonly resolved: ReadonlyMap<Resource, Resolved>;
  /** By address. */
  readonly remembered: ReadonlyMap<string, ResourceInstance>;
  /** By address. */
  readonly pending: ReadonlyMap<string, Intent>;
  readonly replaceAsked: ReadonlySet<string>;
  readonly nameOf: NameOf;
  /** The attributes that resources will have; grows as they are planned. */
  readonly planned: Map<string, PlannedAttributes>;
  /** What exists, no instance is, and some address takes: by type, the ids; grows likewise. */
  readonly claimed: Map<string, Set<string>>;
}

interface PlannedAttributes {
  readonly attributes: ValueObject;
  /** Whether it exists already and stays: what it lacks is null, not unknown. */
  readonly stays: boolean;
}

export function planningContext(
  request: {
    readonly connection: Connection;
    readonly runtime: Runtime;
    readonly snapshot: Snapshot;
    readonly replace: readonly Address[];
  },
  types: ReadonlyMap<string, ResourceType>,
  refreshed: Refreshed,
  resolved: ReadonlyMap<Resource, Resolved>,
): PlanningContext {
  const { connection, runtime, snapshot, replace } = request;
  return {
    connection,
    runtime,
    types,
    refreshed,
    resolved,
    remembered: new Map(snapshot.instances.map((it) => [formatAddress(it.address), it])),
    pending: new Map(snapshot.pending.map((it) => [formatAddress(it.address), it])),
    replaceAsked: new Set(replace.map(formatAddress)),
    nameOf: (id) => refreshed.names.get(id) ?? id,
    planned: new Map(),
    claimed: new Map(),
  };
}

/** What exists of a type, no instance is, and no other address has taken. */
export function unclaimed(
  { refreshed, claimed }: PlanningContext,
  type: string,
): readonly RemoteObject[] {
  const objects = refreshed.unmanaged.get(type) ?? [];
  const taken = claimed.get(type);
  return taken ? objects.filter((it) => !taken.has(it.id)) : objects;
}

/** Takes something for one address: one thing is never two instances. */
export function take({ claimed }: PlanningContext, type: string, id: string): void {
  const taken = claimed.get(type) ?? new Set();
  claimed.set(type, taken.add(id));
}

/** Answers references by what is planned; by what exists for what comes later in a circle. */
export function plannedLookup(context: PlanningContext): Lookup {
  return (reference) => {
    const address = formatAddress(reference.address);
    const planned = context.planned.get(address);
    if (planned) return attributeAt(reference, planned.attributes, planned.stays);
    const existing = context.refreshed.instances.get(address)?.instance;
    if (!existing || context.replaceAsked.has(address)) return new Unknown(reference);
    return attributeAt(reference, existing.attributes, true);
  };
}

/** Remembers for later references what a change will make of its resource. */
export function remember(context: PlanningContext, change: Change): void {
  const address = formatAddress(change.address);
  switch (change.action) {
    case "delete":
    case "forget":
      return;
    case "create":
    case "replace":
      context.planned.set(address, { attributes: change.desired, stays: false });
      return;
    case "no-op":
      context.planned.set(address, { attributes: change.instance.attributes, stays: true });
      return;
    default:
      context.planned.set(address, {
        attributes: { ...change.instance.attributes, ...change.desired },
        stays: true,
      });
  }
}
