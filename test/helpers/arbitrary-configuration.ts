import fc from "fast-check";
import { arbitraryCredential, type CredentialMeaning } from "./arbitrary-credential.js";
import { arbitraryKeyPair, type KeyPairMeaning } from "./arbitrary-key-pair.js";
import {
  arbitraryRange,
  arbitraryRule,
  meaningOf,
  type PeerMeaning,
  type RangeMeaning,
  type RuleMeaning,
} from "./arbitrary-rule.js";
import { arbitraryName, arbitraryWords, type Words, wordsWithin } from "./words.js";

/** What a configuration means, in no spelling of the language. */
export interface ConfigurationMeaning {
  /** `g0`, `g1` and so on. */
  readonly groups: readonly GroupMeaning[];
  /** The project's own default group, `own`; others cannot become it. */
  readonly own?: GroupMeaning;
  /** `a0`, `a1` and so on. */
  readonly addressGroups: readonly AddressGroupMeaning[];
  /** Groups of one `for_each`, `each["KEY"]`. */
  readonly repeated: readonly RepeatedGroup[];
  /** `k0`, `k1` and so on. */
  readonly keyPairs: readonly KeyPairMeaning[];
  /** The keys of key pairs of one `for_each` over a list, `people["KEY"]`. */
  readonly people: readonly string[];
  /** `c0`, `c1` and so on. */
  readonly credentials: readonly CredentialMeaning[];
}

export interface GroupMeaning {
  /** Absent: that of the resource. */
  readonly name?: string;
  readonly description: Words;
  readonly stateful: boolean;
  readonly tags: readonly string[];
  readonly defaultEgress?: boolean;
  readonly rules: readonly RuleMeaning[];
  /** The direction of an entry that names nobody, and so makes no rule. */
  readonly nobody?: "ingress" | "egress";
  /** Another group that is made before, by its place among them. */
  readonly after?: number;
  /** Whether a change of the description means nothing. */
  readonly ignoring: boolean;
}

export interface AddressGroupMeaning {
  readonly name?: string;
  readonly description: Words;
  readonly ranges: readonly RangeMeaning[];
}

export interface RepeatedGroup {
  readonly key: string;
  readonly port: number;
}

const key = fc.constantFrom("a", "b", "c d", 'q"uote', "0", "ä", "x.y", "true");
const person = fc.constantFrom("ada", "B", "0", "c d", "true", "x.y");

const group: fc.Arbitrary<GroupMeaning> = fc
  .record(
    {
      name: arbitraryName,
      description: arbitraryWords,
      stateful: fc.boolean(),
      tags: fc.uniqueArray(fc.constantFrom("x", "y z", "ü", "true", "1"), { maxLength: 3 }),
      defaultEgress: fc.boolean(),
      rules: fc.array(arbitraryRule, { maxLength: 8 }),
      nobody: fc.constantFrom("ingress" as const, "egress" as const),
      after: fc.nat(5),
      ignoring: fc.nat(5),
    },
    { requiredKeys: ["description", "stateful", "tags", "rules", "ignoring"] },
  )
  .map((it) => ({ ...it, ignoring: it.ignoring === 5 }));

const addressGroup: fc.Arbitrary<AddressGroupMeaning> = fc.record(
  {
    name: arbitraryName,
    description: arbitraryWords,
    ranges: fc.uniqueArray(arbitraryRange, {
      maxLength: 4,
      selector: (it) => JSON.stringify(it),
    }),
  },
  { requiredKeys: ["description", "ranges"] },
);

/** Any configuration in which nothing is wrong. */
export const arbitraryConfiguration: fc.Arbitrary<ConfigurationMeaning> = fc
  .record({
    groups: fc.array(group, { maxLength: 4 }),
    own: fc.option(group, { nil: undefined, freq: 4 }),
    addressGroups: fc.array(addressGroup, { maxLength: 2 }),
    repeated: fc.uniqueArray(fc.record({ key, port: fc.integer({ min: 1, max: 65535 }) }), {
      maxLength: 3,
      selector: (it) => it.key,
    }),
    keyPairs: fc.array(arbitraryKeyPair, { maxLength: 3 }),
    people: fc.uniqueArray(person, { maxLength: 2 }),
    credentials: fc.array(arbitraryCredential, { maxLength: 2 }),
  })
  .map(withoutMistakes);

/** The same without what is not there, and without what is there twice. */
export function withoutMistakes(
  meaning: Omit<ConfigurationMeaning, "own"> & { readonly own?: GroupMeaning | undefined },
): ConfigurationMeaning {
  const { groups, own, addressGroups, repeated, people } = meaning;
  const { length } = groups;
  const settle = ({ after, ...rest }: GroupMeaning, index: number) => ({
    ...rest,
    ...leader(groups, after, index),
    description: wordsWithin(rest.description, index),
    rules: distinct(rest.rules, length, addressGroups.length),
  });
  // The default group stays when it is not declared any more, and would hold an address group.
  const free = own && { ...own, rules: own.rules.filter(({ peer }) => peer.kind !== "addresses") };
  const follower = <T extends { readonly after?: number }>({ after, ...rest }: T) =>
    after === undefined || length === 0 ? rest : { ...rest, after: after % length };
  return {
    groups: groups.map(settle),
    ...(free && { own: settle(free, length) }),
    addressGroups: addressGroups.map((it) => ({
      ...it,
      description: wordsWithin(it.description, 0),
    })),
    repeated,
    people,
    keyPairs: named(meaning.keyPairs).map(follower),
    credentials: named(meaning.credentials)
      .map((it) => ({ ...it, description: wordsWithin(it.description, length) }))
      .map(follower),
  };
}

/** An earlier group that nothing makes wait for this one: it is to be complete before. */
function leader(groups: readonly GroupMeaning[], wanted: number | undefined, index: number) {
  if (wanted === undefined || index === 0) return undefined;
  const after = wanted % index;
  const isFree = groups[after]?.rules.every(({ peer }) => peer.kind !== "group");
  return isFree ? { after } : undefined;
}

/** The first of each name: these are the user's, each once. */
function named<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  return all.filter((it, index) => all.findIndex(({ name }) => name === it.name) === index);
}

/** Each meaning once, with groups that there are. */
function distinct(
  rules: readonly RuleMeaning[],
  groups: number,
  addressGroups: number,
): readonly RuleMeaning[] {
  const place = (peer: PeerMeaning): PeerMeaning => {
    if (peer.kind !== "group" && peer.kind !== "addresses") return peer;
    const count = peer.kind === "group" ? groups : addressGroups;
    return count === 0 ? { kind: "anywhere" } : { ...peer, index: peer.index % count };
  };
  const placed = rules.map((rule) => ({ ...rule, peer: place(rule.peer) }));
  return [...new Map(placed.map((it) => [meaningOf(it), it])).values()];
}
