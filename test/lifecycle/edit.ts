import { type ConfigurationMeaning, withoutMistakes } from "../helpers/arbitrary-configuration.js";

/** A configuration with some parts of another: one bit of `taken` for each part. */
export function edit(
  before: ConfigurationMeaning,
  wanted: ConfigurationMeaning,
  taken: number,
): ConfigurationMeaning {
  const isTaken = (bit: number) => ((taken >> bit) & 1) === 1;
  const mixed = <T>(ours: readonly T[], theirs: readonly T[], bit: number): readonly T[] =>
    Array.from({ length: Math.max(ours.length, theirs.length) }).flatMap((_, index) => {
      const chosen = isTaken(bit + index) ? theirs[index] : ours[index];
      return chosen === undefined ? [] : [chosen];
    });
  return withoutMistakes({
    groups: mixed(before.groups, wanted.groups, 0),
    own: isTaken(4) ? wanted.own : before.own,
    addressGroups: mixed(before.addressGroups, wanted.addressGroups, 5),
    repeated: isTaken(7) ? wanted.repeated : before.repeated,
    keyPairs: mixed(before.keyPairs, wanted.keyPairs, 8),
    people: isTaken(11) ? wanted.people : before.people,
    credentials: mixed(before.credentials, wanted.credentials, 12),
  });
}

/** Nothing is declared. */
export const NOTHING: ConfigurationMeaning = {
  groups: [],
  addressGroups: [],
  repeated: [],
  keyPairs: [],
  people: [],
  credentials: [],
};
