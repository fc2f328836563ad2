import type { Address } from "../../../engine/model/address.js";
import {
  isValueList,
  isValueObject,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import { readShortText, readText, refuse } from "../network/field.js";
import type { Findings } from "../network/findings.js";
import type { DeclaredRule } from "./declared-rule.js";
import { exposure } from "./exposure.js";
import { readLongRule } from "./long-form.js";
import { identity, type Rule } from "./rule.js";
import { ruleText } from "./rule-text.js";
import { readShortRule } from "./short-form.js";

const SHORT_KEYS = ["ingress", "egress", "from", "to", "family"] as const;

/** Reads the `rules` of a declaration: each rule once, in its canonical form. */
export function readRules(
  value: Value,
  self: Address,
  findings: Findings,
): readonly DeclaredRule[] {
  if (!isValueList(value)) {
    refuse({ value, pointer: "/rules" }, "a list of rules", findings);
    return [];
  }
  const declared = value.flatMap((entry, index) =>
    readRule(entry, `/rules/${index}`, self, findings),
  );
  warnOfExposure(declared, findings);
  return distinct(declared, findings);
}

function readRule(
  entry: Value,
  pointer: string,
  self: Address,
  findings: Findings,
): readonly DeclaredRule[] {
  if (!isValueObject(entry)) {
    refuse({ value: entry, pointer }, "a rule such as { ingress: ssh }", findings);
    return [];
  }
  const description = readDescription(entry.description, pointer, findings);
  warnOfEmptyLists(entry, pointer, findings);
  if (entry.direction === undefined) {
    return readShortRule(entry, pointer, description, self, findings);
  }
  const mixed = SHORT_KEYS.find((key) => entry[key] !== undefined);
  if (!mixed) return readLongRule(entry, pointer, description, self, findings);
  findings.error({
    code: "unknown-key",
    summary: `\`${mixed}\` belongs to the short form of a rule, \`direction\` to the long form`,
    pointer: `${pointer}/${mixed}`,
    help: "Use the words of one form.",
  });
  return [];
}

/** A list that a variable left empty is more often a mistake than a wish. */
function warnOfEmptyLists(entry: ValueObject, pointer: string, findings: Findings): void {
  for (const key of ["ingress", "egress", "from", "to"]) {
    const value = entry[key];
    if (!isValueList(value) || value.length > 0) continue;
    findings.warn({
      code: "empty-rule",
      summary: `\`${key}\` is an empty list: the rule lets nothing through`,
      pointer: `${pointer}/${key}`,
      help: "Remove the rule, or list what it is for.",
    });
  }
}

function readDescription(value: Value | undefined, pointer: string, findings: Findings): string {
  if (value === undefined) return "";
  const field = { value, pointer: `${pointer}/description` };
  const text = readText(field, findings);
  if (text !== undefined) readShortText(field, findings);
  return text ?? "";
}

/** One warning for each entry, however many rules it stands for. */
function warnOfExposure(declared: readonly DeclaredRule[], findings: Findings): void {
  const warned = new Set<string>();
  for (const { rule, pointer, service } of declared) {
    const what = exposure(rule);
    if (what === undefined || warned.has(service)) continue;
    warned.add(service);
    findings.warn({
      code: "open-to-world",
      summary: `${what} is open to the whole world`,
      pointer: service === pointer ? pointer : service,
      actual: bothFamilies(rule, declared, service),
      help: "Limit it to the addresses or the group that need it.",
    });
  }
}

/** The rule in words, with the family only where the entry makes no equal rule of the other. */
function bothFamilies(rule: Rule, declared: readonly DeclaredRule[], service: string): string {
  const text = ruleText(rule);
  const other = ruleText({ ...rule, family: rule.family === "ipv4" ? "ipv6" : "ipv4" });
  const isBoth = declared.some((it) => it.service === service && ruleText(it.rule) === other);
  return isBoth ? text.replace(/ \(IPv[46]\)/u, " (IPv4 and IPv6)") : text;
}

/** Each meaning once; a second of the same meaning is reported with the place of the first. */
function distinct(declared: readonly DeclaredRule[], findings: Findings): readonly DeclaredRule[] {
  const first = new Map<string, DeclaredRule>();
  const told = new Set<string>();
  for (const it of declared) {
    const key = identity(it.rule);
    const other = first.get(key);
    if (!other) {
      first.set(key, it);
      continue;
    }
    const [here, there] = places(it, other);
    if (told.has(`${here} ${there}`)) continue;
    told.add(`${here} ${there}`);
    findings.error({
      code: "duplicate-rule",
      summary: `two rules mean the same: ${ruleText({ ...it.rule, description: "" })}`,
      pointer: here,
      related: [{ message: "the other rule", pointer: there }],
      help: "Remove one of them; their order and their descriptions make no difference.",
    });
  }
  return [...first.values()];
}

/** The smallest parts of the declaration that tell two equal rules apart. */
function places(a: DeclaredRule, b: DeclaredRule): readonly [string, string] {
  if (a.pointer !== b.pointer) return [a.pointer, b.pointer];
  return a.service === b.service ? [a.remote, b.remote] : [a.service, b.service];
}
