import { compareTexts } from "../model/address.js";
import type { AttributeChange } from "../model/plan.js";
import { equalJson, isValueObject, redact, type Value } from "../model/value.js";
import { type Exposes, readLabel } from "./exposure-text.js";

/** A difference of one member of a set, or two that differ in their address family alone. */
export interface Member {
  readonly attribute: AttributeChange;
  /** What it is, without its exposure. */
  readonly text: string;
  /** What it lets everybody reach; absent for most. */
  readonly exposes?: Exposes;
}

const FAMILY = { IPv4: " (IPv4)", IPv6: " (IPv6)" } as const;
const NATURAL = new Intl.Collator("en", { numeric: true });

/** The members of sets among these differences, in the order people look for them. */
export function membersOf(attributes: readonly AttributeChange[]): readonly Member[] {
  return foldFamilies(attributes)
    .flatMap((attribute) =>
      attribute.label === undefined ? [] : [member(attribute, attribute.label)],
    )
    .sort((a, b) => compareMembers(a.text, b.text));
}

function member(attribute: AttributeChange, label: string): Member {
  const { text, exposed: what } = readLabel(label);
  return {
    attribute,
    text,
    ...(what !== undefined && { exposes: { kind: attribute.kind, what } }),
  };
}

/** What comes in before what goes out, then by protocol, port and address; numbers by their size. */
function compareMembers(a: string, b: string): number {
  return direction(a) - direction(b) || NATURAL.compare(a, b) || compareTexts(a, b);
}

function direction(text: string): number {
  return text.startsWith("egress ") ? 1 : 0;
}

/** A rule for both families is one difference, whose label names no family. */
function foldFamilies(attributes: readonly AttributeChange[]): readonly AttributeChange[] {
  const pairs = new Map<string, AttributeChange[]>();
  for (const attribute of attributes) {
    const key = bothFamilies(attribute);
    if (key !== undefined) pairs.set(key, [...(pairs.get(key) ?? []), attribute]);
  }
  return attributes.flatMap((attribute) => {
    const pair = pairs.get(bothFamilies(attribute) ?? "") ?? [];
    const [first, second] = pair;
    if (pair.length !== 2 || !first?.label || !second || !alike(first, second)) return [attribute];
    const label = first.label.replace(FAMILY.IPv4, "").replace(FAMILY.IPv6, "");
    return attribute === first ? [{ ...first, label }] : [];
  });
}

/** What the differences of both families have in common; undefined where none is named. */
function bothFamilies({ path, kind, label, isDefault }: AttributeChange): string | undefined {
  const word = Object.values(FAMILY).find((it) => label?.includes(it));
  if (label === undefined || word === undefined) return undefined;
  return JSON.stringify([path[0], kind, isDefault, label.replace(word, "")]);
}

/** Whether two differences are of the two families and equal in all else. */
function alike(a: AttributeChange, b: AttributeChange): boolean {
  const families = [a, b].map((it) => familyOf(it.after ?? it.before));
  if (families[0] === families[1] || families.includes(undefined)) return false;
  return sameMember(a.before, b.before) && sameMember(a.after, b.after);
}

function familyOf(value: Value | undefined): Value | undefined {
  return isValueObject(value) ? value.ethertype : undefined;
}

function sameMember(a: Value | undefined, b: Value | undefined): boolean {
  const rest = (value: Value | undefined) => {
    if (!isValueObject(value)) return value ?? null;
    const { ethertype: _, ...others } = value;
    return others;
  };
  return equalJson(redact(rest(a)), redact(rest(b)));
}
