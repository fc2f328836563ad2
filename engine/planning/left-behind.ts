import { formatAddress } from "../model/address.js";
import type { RemoteObject } from "../model/remote-object.js";
import type { ResourceInstance } from "../model/state.js";
import { type PlanningContext, take, unclaimed } from "./context.js";

/** Something that an interrupted run made, and that neither state nor configuration knows. */
export interface LeftBehind {
  readonly instance: ResourceInstance;
  /** When that run began it. */
  readonly since: string;
  /** What it made beside it, as requests without an answer were repeated. */
  readonly duplicates: readonly RemoteObject[];
  /** The files that its secret was to go to. */
  readonly secretFiles: readonly string[];
}

/** What interrupted creations left in the cloud for addresses that are not declared any more: one thing each. */
export function findLeftBehind(
  context: PlanningContext,
  declared: ReadonlySet<string>,
  provider: string,
): readonly LeftBehind[] {
  return [...context.pending.entries()].flatMap(([address, intent]): readonly LeftBehind[] => {
    const isThere = context.refreshed.instances.has(address);
    if (intent.action !== "create" || declared.has(address) || isThere) return [];
    const type = context.types.get(intent.address.type);
    const [object, ...others] = unclaimed(context, intent.address.type).filter(
      (it) => it.name === intent.name && !intent.existing.includes(it.id),
    );
    if (!object) return [];
    const alike = [...context.pending.values()].filter(
      (it) =>
        it.action === "create" &&
        it.name === intent.name &&
        it.address.type === intent.address.type &&
        !declared.has(formatAddress(it.address)),
    );
    const duplicates = others.slice(alike.length - 1 - alike.indexOf(intent));
    for (const { id } of [object, ...duplicates]) take(context, intent.address.type, id);
    const instance = {
      address: intent.address,
      provider,
      id: object.id,
      attributes: object.attributes,
      dependencies: [],
      schemaVersion: type?.schemaVersion ?? 1,
      preventDestroy: false,
    };
    const secretFiles = type?.secretFiles?.(intent.delivery ?? {}) ?? [];
    return [{ since: intent.startedAt, instance, duplicates, secretFiles }];
  });
}
