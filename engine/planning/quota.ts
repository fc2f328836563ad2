import type { Diagnostic } from "../model/diagnostic.js";
import { CloudError } from "../model/errors.js";
import type { Change } from "../model/plan.js";
import type { Connection, ResourceType, Room } from "../model/provider.js";
import { findShortages, sumAmounts } from "../model/quota.js";
import type { PlanningContext } from "./context.js";
import type { Refreshed } from "./refresh.js";

/** Errors for what the cloud's quotas leave no room for. Asks only about types that grow. */
export async function checkQuota(
  changes: readonly Change[],
  { connection, types, refreshed }: PlanningContext,
): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(
    [...types.values()].map(async (type): Promise<readonly Diagnostic[]> => {
      const own = changes.filter((it) => it.address.type === type.name);
      const needed = sumAmounts(own.map((it) => type.quota?.needs(it, false) ?? {}));
      if (Object.values(needed).every((count) => count === 0)) return [];
      const rooms = await roomFor(type, connection, countOf(type, refreshed));
      return findShortages(needed, rooms).map(shortage);
    }),
  );
  return found.flat();
}

function shortage(words: string): Diagnostic {
  return {
    severity: "error",
    code: "quota-exceeded",
    summary: `the plan needs ${words}`,
    detail: "What it deletes makes room only after it is deleted.",
    help: "Ask the cloud's operator for a larger quota, or remove what is not needed any more.",
  };
}

function countOf(type: ResourceType, { instances, unmanaged }: Refreshed): number {
  const managed = [...instances.values()].filter((it) => it.instance.address.type === type.name);
  return managed.length + (unmanaged.get(type.name)?.length ?? 0);
}

/** A cloud that does not tell its quotas is asked in vain: nothing is known then. */
async function roomFor(
  type: ResourceType,
  { cloud }: Connection,
  existing: number,
): Promise<Readonly<Record<string, Room>>> {
  try {
    return (await type.quota?.room(cloud, existing)) ?? {};
  } catch (error) {
    if (error instanceof CloudError && error.code === "forbidden") return {};
    throw error;
  }
}
