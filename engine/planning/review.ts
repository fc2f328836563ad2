import type { Diagnostic } from "../model/diagnostic.js";
import type { Change } from "../model/plan.js";
import type { Connection, ResourceType } from "../model/provider.js";

/** What only the log-in tells about the changes, such as that they are not allowed. */
export function reviewChanges(
  changes: readonly Change[],
  types: ReadonlyMap<string, ResourceType>,
  connection: Connection,
): readonly Diagnostic[] {
  return changes.flatMap((change) => {
    const found = types.get(change.address.type)?.review?.(connection.cloud, change) ?? [];
    return found.map((it) => ({
      ...it,
      address: change.address,
      ...(!it.range && change.range && { range: change.range }),
    }));
  });
}
