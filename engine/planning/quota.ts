import type { Connection } from "../model/connection.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { CloudError } from "../model/errors.js";
import type { Change } from "../model/plan.js";
import { findShortages, sumAmounts } from "../model/quota.js";
import type { Room } from "../model/quota-rule.js";
import type { ResourceType } from "../model/resource-type.js";
import type { PlanningContext } from "./context.js";
import type { Refreshed } from "./refresh.js";

/**
 * `look`: what nobody asked for is a warning where the plan removes something too, which may make the room.
 * `insist`: it is an error then too. `leave`: nothing is asked.
 */
export type QuotaCheck = "look" | "insist" | "leave";

/**
 * What the cloud's quotas leave no room for. Asks only about types that grow.
 */
export async function checkQuota(
  changes: readonly Change[],
  { connection, types, refreshed }: PlanningContext,
  check: QuotaCheck,
): Promise<readonly Diagnostic[]> {
  if (check === "leave") return [];
  const isAsked = check === "insist";
  const found = await Promise.all(
    [...types.values()].map(async (type): Promise<readonly Diagnostic[]> => {
      const own = changes.filter((it) => it.address.type === type.name);
      const needed = sumAmounts(own.map((it) => type.quota?.needs(it, false) ?? {}));
      if (Object.values(needed).every((count) => count === 0)) return [];
      const existing = countOf(type, refreshed);
      const rooms = await roomFor(type, connection, existing, isAsked);
      const isNear = Object.entries(needed).some(
        ([what, count]) => (rooms[what]?.left ?? 0) < 2 * count,
      );
      const rule =
        isNear && own.some(makes) ? await type.quota?.inCloud?.(connection.cloud) : undefined;
      const amounts = rule ? sumAmounts(own.map((it) => rule.needs(it, false))) : needed;
      const mayMakeRoom = own.some(removes);
      const severity = isAsked || !mayMakeRoom ? "error" : "warning";
      return findShortages(amounts, rooms).map((it) => shortage(it, severity, mayMakeRoom));
    }),
  );
  return found.flat();
}

function makes({ action }: Change): boolean {
  return action === "create" || action === "replace";
}

function removes({ action, attributes }: Change): boolean {
  return (
    action === "delete" || action === "replace" || attributes.some((it) => it.kind === "remove")
  );
}

function shortage(
  words: string,
  severity: Diagnostic["severity"],
  mayMakeRoom: boolean,
): Diagnostic {
  return {
    severity,
    code: "quota-exceeded",
    summary: `the plan needs ${words}`,
    ...(mayMakeRoom && { detail: "What it deletes makes room only after it is deleted." }),
    help: "Ask the cloud's operator for a larger quota, or remove what is not needed any more.",
  };
}

function countOf(type: ResourceType, { instances, unmanaged }: Refreshed): number {
  const managed = [...instances.values()].filter((it) => it.instance.address.type === type.name);
  return managed.length + (unmanaged.get(type.name)?.length ?? 0);
}

/** A cloud that does not tell its quotas is asked in vain: nothing is known then. What nobody asked for fails no plan. */
async function roomFor(
  type: ResourceType,
  { cloud }: Connection,
  existing: number,
  isAsked: boolean,
): Promise<Readonly<Record<string, Room>>> {
  try {
    return (await type.quota?.room(cloud, existing)) ?? {};
  } catch (error) {
    if (error instanceof CloudError && (!isAsked || error.code === "forbidden")) return {};
    throw error;
  }
}
