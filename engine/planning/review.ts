import { type Diagnostic, placed } from "../model/diagnostic.js";
import type { Change } from "../model/plan.js";
import type { PlanningContext } from "./context.js";

/** What only the log-in and the disk tell about the changes, such as that they are not allowed. */
export async function reviewChanges(
  changes: readonly Change[],
  { types, connection, refreshed }: PlanningContext,
): Promise<readonly Diagnostic[]> {
  const found = await Promise.all(
    changes.map(async (change) => {
      const { type } = change.address;
      const unmanaged = refreshed.unmanaged.get(type) ?? [];
      const own = await types.get(type)?.review?.(connection.cloud, { change, unmanaged });
      return (own ?? []).map((it) => atChange(it, change));
    }),
  );
  return found.flat();
}

/** With the place that its pointer names in the declaration, else that of the whole change. */
function atChange(diagnostic: Diagnostic, change: Change): Diagnostic {
  const { address, range } = change;
  const told =
    "resource" in change ? placed(diagnostic, address, change.resource.ranges) : diagnostic;
  return { ...told, address, ...(!told.range && range && { range }) };
}
