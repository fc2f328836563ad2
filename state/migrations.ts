import type { JsonObject } from "../engine/model/value.js";

/** The version of the state's format that is written here, of state, backup and journal alike. */
export const FORMAT_VERSION = 3;

/** One step from a version to the next. */
export interface Migration {
  readonly from: number;
  /** A state file, decoded from JSON, but for its version. */
  snapshot(file: JsonObject): JsonObject;
  /** One entry of a journal. */
  entry(entry: JsonObject): JsonObject;
}

/** Every step there is, in order. `test/state/formats` has a file of each version. */
export const migrations: readonly Migration[] = [
  {
    // Version 2 may be encrypted. What is not reads as it did.
    from: 1,
    snapshot: (file) => file,
    entry: (entry) => entry,
  },
  {
    // An intent of version 3 may tell where its secret goes.
    from: 2,
    snapshot: (file) => file,
    entry: (entry) => entry,
  },
];

/** The steps from a version to the one that is written here; undefined where it is of none. */
export function migrationsFrom(version: number): readonly Migration[] | undefined {
  if (version === FORMAT_VERSION) return [];
  const first = migrations.findIndex((it) => it.from === version);
  return first < 0 ? undefined : migrations.slice(first);
}
