import type { Change } from "../model/plan.js";
import type { ValueObject } from "../model/value.js";

/** A change after which what was there before is gone. */
export type Deletion = Extract<Change, { readonly action: "delete" | "replace" }>;

/** The changes that delete something, by its id. */
export function deletionsIn(changes: readonly Change[]): ReadonlyMap<string, Deletion> {
  return new Map(
    changes.flatMap((it): readonly (readonly [string, Deletion])[] =>
      it.action === "delete" || it.action === "replace" ? [[it.instance.id, it]] : [],
    ),
  );
}

/** The attributes that a declaration wants, but for what is ignored of what exists. */
export function wantedBy(change: Change): ValueObject {
  if (!("resource" in change)) return {};
  if (change.action !== "no-op") return change.desired;
  const { ignoreChanges } = change.resource.lifecycle;
  const wanted = Object.entries(change.instance.attributes);
  return Object.fromEntries(wanted.filter(([key]) => !ignoreChanges.includes(key)));
}
