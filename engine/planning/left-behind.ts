import type { RemoteObject } from "../model/provider.js";
import type { ResourceInstance } from "../model/state.js";
import type { PlanningContext } from "./context.js";

/** Something that an interrupted run made, and that neither state nor configuration knows. */
export interface LeftBehind {
  readonly instance: ResourceInstance;
  /** When that run began it. */
  readonly since: string;
  /** What it made beside it, as requests without an answer were repeated. */
  readonly duplicates: readonly RemoteObject[];
}

/** What interrupted creations left in the cloud for addresses that are not declared any more. */
export function findLeftBehind(
  context: PlanningContext,
  declared: ReadonlySet<string>,
  provider: string,
): readonly LeftBehind[] {
  return [...context.pending.entries()].flatMap(([address, intent]): readonly LeftBehind[] => {
    if (intent.action !== "create" || declared.has(address) || context.remembered.has(address)) {
      return [];
    }
    const type = context.types.get(intent.address.type);
    const objects = context.refreshed.unmanaged.get(intent.address.type) ?? [];
    const [object, ...duplicates] = objects.filter(
      (it) => it.name === intent.name && !intent.existing.includes(it.id),
    );
    if (!object) return [];
    const instance = {
      address: intent.address,
      provider,
      id: object.id,
      attributes: object.attributes,
      dependencies: [],
      schemaVersion: type?.schemaVersion ?? 1,
      preventDestroy: false,
    };
    return [{ since: intent.startedAt, instance, duplicates }];
  });
}
