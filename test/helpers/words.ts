import fc from "fast-check";

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

export const arbitraryWords: fc.Arbitrary<Words> = fc.oneof(
  { weight: 3, arbitrary: text.map((it): Words => ({ text: it })) },
  { weight: 1, arbitrary: fc.record({ text, group: fc.nat(5) }) },
);

/** Few, so that two configurations often use one for different things. */
export const arbitraryName = fc.constantFrom(
  ...["alpha", "beta", "gamma", "Delta-1", "e.p_s", "web site"],
);

/** Names groups before this place only: values that need each other are a mistake. */
export function wordsWithin({ text: before, group }: Words, count: number): Words {
  return group === undefined || count === 0
    ? { text: before }
    : { text: before, group: group % count };
}

/** Text in which `${` is meant literally, and then a reference. */
export function spellWords({ text: before, group }: Words): string {
  const literal = before.replaceAll("${", "$${");
  return group === undefined ? literal : `${literal} \${security_group.g${group}.name}`;
}

export function isWordless({ text: before, group }: Words): boolean {
  return before === "" && group === undefined;
}
