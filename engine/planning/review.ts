import type { Diagnostic } from "../model/diagnostic.js";
import type { Change } from "../model/plan.js";
import type { Connection, ResourceType } from "../model/provider.js";

/** What only the log-in and the disk tell about the changes, such as that they are not allowed. */
export async function reviewChanges(
  changes: readonly Change[],
  types: ReadonlyMap<string, ResourceType>,
  connection: Connection,
): Promise<readonly Diagnostic[]> {
  const reviews = await Promise.all(
    changes.map(async (change) => {
      const found =
        (await types.get(change.address.type)?.review?.(connection.cloud, change)) ?? [];
      return found.map((it) => ({
        ...it,
        address: change.address,
        ...(!it.range && change.range && { range: change.range }),
      }));
    }),
  );
  return reviews.flat();
}
