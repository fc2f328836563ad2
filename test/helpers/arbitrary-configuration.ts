import fc from "fast-check";
import { arbitraryRule, meaningOf, type RuleMeaning } from "./arbitrary-rule.js";

/** What a configuration means, in no spelling of the language. */
export interface ConfigurationMeaning {
  /** `g0`, `g1` and so on. */
  readonly groups: readonly GroupMeaning[];
  /** Groups of one `for_each`, `each["KEY"]`. */
  readonly repeated: readonly RepeatedGroup[];
  /** `k0`, `k1` and so on. */
  readonly keyPairs: readonly KeyPairMeaning[];
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
}

export interface RepeatedGroup {
  readonly key: string;
  readonly port: number;
}

export interface KeyPairMeaning {
  readonly name: string;
  readonly key: KeyMeaning;
}

type KeyMeaning =
  | { readonly kind: "generated"; readonly algorithm: "ed25519" | "ecdsa-p256" }
  /** One of the keys at hand. */
  | { readonly kind: "imported"; readonly which: number };

export interface CredentialMeaning {
  readonly name: string;
  readonly description: Words;
  /** Absent: all of the log-in. */
  readonly roles?: readonly string[];
  /** Seconds since 1970; `in`: days from creation. */
  readonly expiry?: number | { readonly in: number };
  readonly unrestricted: boolean;
  readonly accessRules: readonly AccessRuleMeaning[];
  readonly formats: readonly Format[];
}

interface AccessRuleMeaning {
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

type Format = "clouds_yaml" | "openrc" | "json" | "env";

/** A text, and the group whose name follows it, by its place among the groups. */
export interface Words {
  readonly text: string;
  readonly group?: number;
}

/** Any text that a person may write into a file and a cloud keeps. */
const text = fc.oneof(
  fc.constantFrom("", "plain", "ü: #x", "'\"\\ ", "$ {x} %", "null", "0", "- a", "multi\nline\n"),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const words: fc.Arbitrary<Words> = fc.oneof(
  { weight: 3, arbitrary: text.map((it): Words => ({ text: it })) },
  { weight: 1, arbitrary: fc.record({ text, group: fc.nat(5) }) },
);
/** Few, so that two configurations often use one for different things. */
const name = fc.constantFrom("alpha", "beta", "gamma", "Delta-1", "e.p_s", "web site");
const key = fc.constantFrom("a", "b", "c d", 'q"uote', "0", "ä", "x.y", "true");

const group = fc.record(
  {
    name,
    description: words,
    stateful: fc.boolean(),
    tags: fc.uniqueArray(fc.constantFrom("x", "y z", "ü", "true", "1"), { maxLength: 3 }),
    defaultEgress: fc.boolean(),
    rules: fc.array(arbitraryRule, { maxLength: 8 }),
  },
  { requiredKeys: ["description", "stateful", "tags", "rules"] },
);

const keyPair: fc.Arbitrary<KeyPairMeaning> = fc.record({
  name,
  key: fc.oneof(
    fc.record({
      kind: fc.constant("generated" as const),
      algorithm: fc.constantFrom("ed25519" as const, "ecdsa-p256" as const),
    }),
    fc.record({ kind: fc.constant("imported" as const), which: fc.nat(2) }),
  ),
});

const FIRST_END = Date.UTC(2027, 0, 1) / 1000;

const credential: fc.Arbitrary<CredentialMeaning> = fc.record(
  {
    name,
    description: words,
    roles: fc.uniqueArray(fc.constantFrom("member", "reader"), { minLength: 1 }),
    expiry: fc.oneof(
      fc.nat(10 ** 9).map((it) => FIRST_END + it),
      fc.nat(4000).map((it) => FIRST_END + it * 86_400),
      fc.record({ in: fc.integer({ min: 1, max: 999 }) }),
    ),
    unrestricted: fc.boolean(),
    accessRules: fc.uniqueArray(
      fc.record({
        service: fc.constantFrom("compute", "network"),
        method: fc.constantFrom("GET", "POST"),
        path: fc.constantFrom("/v2.1/servers", "/v2.1/servers/*", "/v2.1/**"),
      }),
      { maxLength: 3, selector: (it) => JSON.stringify(it) },
    ),
    formats: fc.uniqueArray(
      fc.constantFrom("clouds_yaml" as const, "openrc" as const, "json" as const, "env" as const),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: ["name", "description", "unrestricted", "accessRules", "formats"] },
);

/** Any configuration of the three kinds in which nothing is wrong. */
export const arbitraryConfiguration: fc.Arbitrary<ConfigurationMeaning> = fc
  .record({
    groups: fc.array(group, { maxLength: 4 }),
    repeated: fc.uniqueArray(fc.record({ key, port: fc.integer({ min: 1, max: 65535 }) }), {
      maxLength: 3,
      selector: (it) => it.key,
    }),
    keyPairs: fc.uniqueArray(keyPair, { maxLength: 3, selector: (it) => it.name }),
    credentials: fc.uniqueArray(credential, { maxLength: 2, selector: (it) => it.name }),
  })
  .map(({ groups, credentials, ...others }) => ({
    ...others,
    groups: groups.map((it, index) => ({
      ...it,
      description: within(it.description, index),
      rules: distinct(it.rules, groups.length),
    })),
    credentials: credentials.map((it) => ({
      ...it,
      description: within(it.description, groups.length),
    })),
  }));

/** A description names groups before this one only: values that need each other are a mistake. */
function within(description: Words, count: number): Words {
  const { group: index, text: before } = description;
  return index === undefined || count === 0
    ? { text: before }
    : { text: before, group: index % count };
}

/** Each meaning once, and groups that there are. */
function distinct(rules: readonly RuleMeaning[], count: number): readonly RuleMeaning[] {
  const placed = rules.map((rule) =>
    rule.peer.kind === "group"
      ? { ...rule, peer: { ...rule.peer, index: rule.peer.index % count } }
      : rule,
  );
  return [...new Map(placed.map((it) => [meaningOf(it), it])).values()];
}
