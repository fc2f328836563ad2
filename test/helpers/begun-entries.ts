import type { JournalEntry } from "../../engine/model/state.js";

interface Begun {
  /** In the cloud; by default that of the address. */
  readonly named?: string;
  readonly existing?: readonly string[];
}

/** The record of a key pair that a run began to create. */
export function begunEntry(
  name: string,
  { named = name, existing = [] }: Begun = {},
): JournalEntry {
  return {
    kind: "begun",
    intent: {
      address: { type: "key_pair", name },
      action: "create",
      startedAt: "2026-11-23T12:00:00Z",
      run: "run",
      name: named,
      existing,
    },
  };
}

/** The records of several; `mark` is in their names in the cloud. */
export function begunEntries(names: readonly string[], mark: string): readonly JournalEntry[] {
  return names.map((name) => begunEntry(name, { named: `${mark} ${name}` }));
}
