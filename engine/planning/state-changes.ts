import { compareTexts } from "../model/address.js";
import type { Change, StateChange } from "../model/plan.js";
import type { Snapshot } from "../model/state.js";
import { equalJson, hasSecret, hasUnknown, redact, type ValueObject } from "../model/value.js";

/** What differs in the state alone: outputs, and which instances are protected. */
export function findStateChanges(
  snapshot: Snapshot,
  changes: readonly Change[],
  outputs: ValueObject,
): readonly StateChange[] {
  return [...outputChanges(snapshot, outputs), ...protectionChanges(changes)];
}

/** Outputs that only apply will know come with the changes that decide them: they are left out. */
function outputChanges(snapshot: Snapshot, outputs: ValueObject): readonly StateChange[] {
  const names = new Set([...Object.keys(snapshot.outputs), ...Object.keys(outputs)]);
  return [...names].sort(compareTexts).flatMap((name): readonly StateChange[] => {
    const before = Object.hasOwn(snapshot.outputs, name) ? snapshot.outputs[name] : undefined;
    const wanted = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (wanted !== undefined && hasUnknown(wanted)) return [];
    const kept = wanted !== undefined && !hasSecret(wanted) ? redact(wanted) : undefined;
    if (before === undefined ? kept === undefined : equal(before, kept)) return [];
    return [
      {
        kind: "output",
        name,
        ...(before !== undefined && { before }),
        ...(kept !== undefined && { after: kept }),
      },
    ];
  });
}

function equal(before: Parameters<typeof equalJson>[0], after: typeof before): boolean {
  return after !== undefined && equalJson(before, after);
}

function protectionChanges(changes: readonly Change[]): readonly StateChange[] {
  return changes.flatMap((change): readonly StateChange[] => {
    if (change.action !== "no-op") return [];
    const { preventDestroy } = change.resource.lifecycle;
    if (preventDestroy === change.instance.preventDestroy) return [];
    return [{ kind: "protection", address: change.address, preventDestroy }];
  });
}
