import { formatAddress } from "../model/address.js";
import type { Drift } from "../model/plan.js";
import type { ResourceType } from "../model/resource-type.js";
import type { ResourceInstance, Snapshot } from "../model/state.js";
import type { JsonObject } from "../model/value.js";
import type { PlanningContext } from "./context.js";
import { type PlannedResource, placedChange } from "./declared.js";
import { diff, spread } from "./diff.js";

/**
 * What was changed outside: the difference between what state remembers and what the cloud has,
 * with the line that declares it. An instance on which an interrupted run was working is left out:
 * that was no stranger.
 */
export function findDrift(
  snapshot: Snapshot,
  context: PlanningContext,
  planned: readonly PlannedResource[],
): readonly Drift[] {
  const declared = new Map(planned.map((it) => [formatAddress(it.resource.address), it]));
  return snapshot.instances.flatMap((remembered): readonly Drift[] => {
    const address = formatAddress(remembered.address);
    const type = context.types.get(remembered.address.type);
    if (!type || context.pending.has(address)) return [];
    const drift = driftOf(remembered, type, context);
    const declaration = declared.get(address);
    if (!drift) return [];
    if (!declaration) return [drift];
    const { resource, resolved } = declaration;
    const attributes = drift.attributes.map((it) => placedChange(it, resource, resolved));
    return [{ ...drift, attributes, range: resource.range }];
  });
}

function driftOf(
  remembered: ResourceInstance,
  type: ResourceType,
  context: PlanningContext,
): Drift | undefined {
  const { address } = remembered;
  const before = compared(type, remembered.attributes);
  const found = context.refreshed.instances.get(formatAddress(address));
  if (!found) {
    const attributes = spread(type, before, "remove", context.nameOf);
    return { address, kind: "deleted", attributes };
  }
  const now = Object.entries(compared(type, found.object.attributes));
  const known = Object.fromEntries(now.filter(([key]) => Object.hasOwn(before, key)));
  const attributes = diff(type, before, known, context.nameOf);
  if (attributes.length === 0) {
    const reason = type.obsolete?.(found.instance.attributes, context.runtime.clock.now());
    return reason === undefined ? undefined : { address, kind: "obsolete", reason, attributes: [] };
  }
  const { updatedAt } = found.object;
  return { address, kind: "changed", attributes, ...(updatedAt && { updatedAt }) };
}

/** What a hand can change: neither what the cloud computes nor what only state knows. */
function compared(type: ResourceType, attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(([key]) => {
      const rule = type.attributes[key];
      return !rule?.computed && !rule?.local;
    }),
  );
}
