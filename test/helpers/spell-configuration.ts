import { stringify } from "yaml";
import type {
  AddressGroupMeaning,
  ConfigurationMeaning,
  GroupMeaning,
  RepeatedGroup,
} from "./arbitrary-configuration.js";
import { SECRET_FILES, spellCredential } from "./spell-credential.js";
import { KEY_FILES, spellKeyPair, spellPeople } from "./spell-key-pair.js";
import { type SpellGroup, spellRange, spellRules } from "./spell-rule.js";
import type { Spelling } from "./spelling.js";
import { type Section, spread } from "./spread-files.js";
import { isWordless, spellWords } from "./words.js";

/** Files that a configuration may name. */
export const FILES_BESIDE: Readonly<Record<string, string>> = { ...KEY_FILES, ...SECRET_FILES };

/** The configuration as files, in one of the many ways to write it. */
export function spellConfiguration(
  meaning: ConfigurationMeaning,
  spelling: Spelling,
): Readonly<Record<string, string>> {
  const { groups, own, addressGroups, repeated, keyPairs, people, credentials } = meaning;
  const security_group = {
    ...named(
      "g",
      groups.map((it, index) => spellGroup(it, index, spelling)),
    ),
    ...(own && { own: spellGroup({ ...own, name: "default" }, groups.length, spelling) }),
    ...(repeated.length > 0 && { each: spellRepeated(repeated, spelling) }),
  };
  const address_group = named(
    "a",
    addressGroups.map((it, index) => spellAddressGroup(it, index, spelling)),
  );
  const key_pair = {
    ...named(
      "k",
      keyPairs.map((it, index) => spellKeyPair(it, index, spelling)),
    ),
    ...(people.length > 0 && { people: spellPeople(people, spelling) }),
  };
  const application_credential = named(
    "c",
    credentials.map((it, index) => spellCredential(it, index, spelling)),
  );
  const outputs = named("o", [
    ...groups.map((_, index) => `\${security_group.g${index}.id}`),
    ...keyPairs.map((_, index) => ({ value: `\${key_pair.k${index}.fingerprint_sha256}` })),
    ...credentials.map((_, index) => `\${application_credential.c${index}.expires_at}`),
  ]);
  const resources = { security_group, address_group, key_pair, application_credential };
  return spread({ resources, outputs }, spelling, (value) =>
    spelling.below(2) === 1 ? JSON.stringify(value) : yamlOf(value, spelling),
  );
}

function named(prefix: string, bodies: readonly unknown[]): Section {
  return Object.fromEntries(bodies.map((body, index) => [`${prefix}${index}`, body]));
}

function yamlOf(value: unknown, spelling: Spelling): string {
  return stringify(value, {
    aliasDuplicateObjects: false,
    collectionStyle: spelling.one("any", "block", "flow"),
    defaultStringType: spelling.one("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL"),
    version: "1.2",
  });
}

function spellGroup(group: GroupMeaning, index: number, spelling: Spelling): Section {
  const { name, description, stateful, tags, defaultEgress, nobody, after, ignoring } = group;
  const peer: SpellGroup = (other, bare) => {
    const address =
      other.kind === "group" ? `security_group.g${other.index}` : `address_group.a${other.index}`;
    if (bare) return address;
    return other.kind === "group" && other.index === index
      ? spelling.one("self", address, `\${${address}.id}`)
      : spelling.one(address, `\${${address}.id}`);
  };
  // Of the default group only what is told is managed.
  const isTold = (isDefault: boolean) =>
    !isDefault || name === "default" || spelling.below(2) === 1;
  const rules = [
    ...spellRules(group.rules, peer, spelling),
    ...(nobody ? [{ [nobody]: "ssh", [nobody === "ingress" ? "from" : "to"]: [] }] : []),
  ];
  return {
    ...(isTold(name === undefined) && { name: name ?? `g${index}` }),
    ...(isTold(isWordless(description)) && { description: spellWords(description) }),
    ...(isTold(stateful) && { stateful }),
    ...(isTold(tags.length === 0) && { tags: spelling.shuffled(tags) }),
    ...(defaultEgress !== undefined && { default_egress: defaultEgress }),
    ...(isTold(rules.length === 0) && { rules: spelling.shuffled(rules) }),
    ...(after !== undefined && { depends_on: [`security_group.g${after}`] }),
    ...(ignoring && { lifecycle: { ignore_changes: ["description"] } }),
  };
}

function spellAddressGroup(
  { name, description, ranges }: AddressGroupMeaning,
  index: number,
  spelling: Spelling,
): Section {
  return {
    ...((name !== undefined || spelling.below(2) === 1) && { name: name ?? `a${index}` }),
    ...((!isWordless(description) || spelling.below(2) === 1) && {
      description: spellWords(description),
    }),
    addresses: spelling.shuffled(ranges).map((it) => spellRange(it, spelling)),
  };
}

function spellRepeated(repeated: readonly RepeatedGroup[], spelling: Spelling): Section {
  return {
    for_each: Object.fromEntries(spelling.shuffled(repeated).map(({ key, port }) => [key, port])),
    name: spelling.one("each-${each.key}", "each${'-'}${text(each.key)}"),
    description: "port ${each.value}",
    rules: [{ ingress: spelling.one("tcp/${each.value}", "TCP/${each.value}-${each.value}") }],
    ...(spelling.below(2) === 1 && { lifecycle: { prevent_destroy: false } }),
  };
}
