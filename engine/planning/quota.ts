import type { Connection } from "../model/connection.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { CloudError } from "../model/errors.js";
import type { Change } from "../model/plan.js";
import { type Amounts, findShortages, sumAmounts } from "../model/quota.js";
import type { QuotaCount, QuotaRule, Room } from "../model/quota-rule.js";
import type { ResourceType } from "../model/resource-type.js";
import type { PlanningContext } from "./context.js";
import type { Refreshed } from "./refresh.js";

/**
 * `look`: a shortage is an error where it is certain, and a warning where what the plan removes may make the
 * room in time. `insist`: it is an error then too, and it is told what the cloud keeps to itself.
 * `leave`: nothing is asked.
 */
export type QuotaCheck = "look" | "insist" | "leave";

type Rooms = Readonly<Record<string, Room>>;

/** What the cloud's quotas leave no room for. Asks only about types that grow. */
export async function checkQuota(
  changes: readonly Change[],
  { connection, types, refreshed }: PlanningContext,
  check: QuotaCheck,
): Promise<readonly Diagnostic[]> {
  if (check === "leave") return [];
  const isAsked = check === "insist";
  const found = await Promise.all(
    [...types.values()].map(async (type): Promise<readonly Diagnostic[]> => {
      const { quota } = type;
      const own = changes.filter((it) => it.address.type === type.name);
      const needed = quota ? needsOf(own, quota) : {};
      if (!quota || Object.keys(needed).length === 0) return [];
      const rooms = await roomFor(quota, connection, countOf(type, refreshed), isAsked);
      const count = isNear(needed, own, rooms)
        ? await quota.inCloud?.(connection.cloud)
        : undefined;
      const untold = isAsked ? Object.keys(needed).filter((what) => !rooms[what]) : [];
      return [...shortages(own, count ?? quota, rooms, isAsked), ...untold.map(notTold)];
    }),
  );
  return found.flat();
}

/** What grows. */
function needsOf(changes: readonly Change[], count: QuotaCount): Amounts {
  const sums = sumAmounts(changes.map((it) => count.needs(it, false)));
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount > 0));
}

/** More rules than an operator is likely to give each new group. */
const LIKELY_GIVEN = 20;

/** Whether it may depend on what the cloud adds to what is made. */
function isNear(needed: Amounts, changes: readonly Change[], rooms: Rooms): boolean {
  const made = changes.filter(({ action }) => action === "create" || action === "replace").length;
  return Object.entries(needed).some(([what, amount]) => {
    const left = rooms[what]?.left ?? Number.POSITIVE_INFINITY;
    return left < amount + Math.min(amount, made * LIKELY_GIVEN);
  });
}

function shortages(
  changes: readonly Change[],
  count: QuotaCount,
  rooms: Rooms,
  isAsked: boolean,
): readonly Diagnostic[] {
  const freed = sumAmounts(changes.map((it) => count.frees(it)));
  return Object.entries(needsOf(changes, count)).flatMap(([what, amount]) => {
    const mayMakeRoom = (freed[what] ?? 0) > 0;
    const isCertain = amount - (freed[what] ?? 0) > (rooms[what]?.left ?? Number.POSITIVE_INFINITY);
    const severity = isAsked || isCertain ? "error" : "warning";
    return findShortages({ [what]: amount }, rooms).map((it) =>
      shortage(it, severity, mayMakeRoom),
    );
  });
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
    ...(mayMakeRoom && { detail: "What it removes makes room only after it is removed." }),
    help: "Ask the cloud's operator for a larger quota, or remove what is not needed any more.",
  };
}

function notTold(what: string): Diagnostic {
  return {
    severity: "warning",
    code: "quota-not-told",
    summary: `the cloud does not tell how many ${what} its quota leaves`,
    help: "Ask the cloud's operator, or apply: what there is no room for is then told and not made.",
  };
}

function countOf(type: ResourceType, { instances, unmanaged }: Refreshed): number {
  const managed = [...instances.values()].filter((it) => it.instance.address.type === type.name);
  return managed.length + (unmanaged.get(type.name)?.length ?? 0);
}

/** Nothing where the cloud does not tell its quotas. What nobody asked for fails no plan. */
async function roomFor(
  quota: QuotaRule,
  { cloud }: Connection,
  existing: number,
  isAsked: boolean,
): Promise<Rooms> {
  try {
    return await quota.room(cloud, existing);
  } catch (error) {
    if (error instanceof CloudError && (!isAsked || error.code === "forbidden")) return {};
    throw error;
  }
}
