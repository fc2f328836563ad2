import type { JournalEntry } from "../../engine/model/state.js";

/** The records of key pairs that a run began to create; `mark` is in their names in the cloud. */
export function begunEntries(names: readonly string[], mark: string): readonly JournalEntry[] {
  return names.map((name) => ({
    kind: "begun",
    intent: {
      address: { type: "key_pair", name },
      action: "create",
      startedAt: "2026-11-23T12:00:00Z",
      run: "run",
      name: `${mark} ${name}`,
      existing: [],
    },
  }));
}
