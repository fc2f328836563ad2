import { type Address, compareTexts } from "../../../engine/model/address.js";
import type { DecodeContext, Decoded } from "../../../engine/model/decoded.js";
import { escapePointer } from "../../../engine/model/expression.js";
import {
  isValueList,
  isValueObject,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../engine/model/value.js";
import { type Field, items, readBoolean, readShortText, refuse } from "../network/field.js";
import { Findings } from "../network/findings.js";
import type { DeclaredRule } from "./declared-rule.js";
import { readRules } from "./declared-rules.js";
import { identity } from "./rule.js";
import { ruleSet, rulesValue } from "./rule-attributes.js";

/** The name of the group that every project has from the start. */
export const DEFAULT_GROUP = "default";

const MOST_TAGS = 50;

/**
 * Brings a declaration to canonical form. Of the project's default group only what is declared is
 * managed, and its rules; of any other group everything is.
 */
export function decodeDeclaration(body: ValueObject, context: DecodeContext): Decoded {
  const findings = new Findings();
  const { address } = context;
  const name = readName(body.name ?? defaultName(address), findings);
  const fallback = name === DEFAULT_GROUP ? {} : { description: "", stateful: true, tags: [] };
  const declaredRules = readRules(body.rules ?? [], address, findings);
  const rules = declaredRules.map((it) => it.rule);
  const attributes = {
    ...fallback,
    ...(name !== undefined && { name }),
    ...declared("description", body, (field) => readShortText(field, findings)),
    ...declared("stateful", body, (field) => readBoolean(field, findings)),
    ...declared("tags", body, (field) => readTags(field, findings)),
    rules: rulesValue(ruleSet(rules)),
    default_egress: !declaresEgress(body.rules),
    ...declared("default_egress", body, (field) => readBoolean(field, findings)),
  };
  return { attributes, diagnostics: findings.all, pointers: pointersOf(declaredRules) };
}

/** Whether any rule is about egress, even one whose lists are empty: then the list decides. */
function declaresEgress(rules: Value | undefined): boolean {
  if (!isValueList(rules)) return false;
  return rules.some(
    (rule) => isValueObject(rule) && (rule.egress !== undefined || rule.direction === "egress"),
  );
}

/** Where each rule is declared, by the pointer of its member of `rules`. */
function pointersOf(rules: readonly DeclaredRule[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rules.map(({ rule, pointer }) => [`/rules/${escapePointer(identity(rule))}`, pointer]),
  );
}

/** An attribute as read, absent where it is not declared or wrong. */
function declared(key: string, body: ValueObject, read: (field: Field) => Value | undefined) {
  const value = body[key];
  if (value === undefined) return {};
  const result = read({ value, pointer: `/${key}` });
  return result === undefined ? {} : { [key]: result };
}

function readName(value: Value, findings: Findings): string | Unknown | undefined {
  const name = readShortText({ value, pointer: "/name" }, findings);
  if (name === undefined || name instanceof Unknown) return name;
  if (name.trim() === "") {
    return findings.error({
      code: "bad-name",
      summary: "a security group needs a name",
      pointer: "/name",
      actual: JSON.stringify(name),
      expected: "1 to 255 characters",
      help: "Write a name, or leave `name` out to have the resource's.",
    });
  }
  if (name.toLowerCase() !== DEFAULT_GROUP || name === DEFAULT_GROUP) return name;
  return findings.error({
    code: "bad-name",
    summary: `the name ${JSON.stringify(name)} is kept for the project's default group`,
    pointer: "/name",
    actual: name,
    expected: DEFAULT_GROUP,
    help: `Write ${DEFAULT_GROUP} to manage that group, or choose another name.`,
  });
}

function defaultName({ name, key }: Address): string {
  return key === undefined ? name : `${name}-${key}`;
}

function readTags(field: Field, findings: Findings): Value | undefined {
  if (field.value instanceof Unknown) return field.value;
  if (!isValueList(field.value)) return refuse(field, "a list of texts", findings);
  const tags = items(field).flatMap((item) => readTag(item, findings) ?? []);
  const distinct = [...new Set(tags)].sort(compareTexts);
  if (distinct.length <= MOST_TAGS) return distinct;
  return findings.error({
    code: "wrong-value",
    summary: "a security group has too many tags",
    pointer: field.pointer,
    actual: `${distinct.length} tags`,
    expected: `at most ${MOST_TAGS}`,
    help: `Keep ${MOST_TAGS} of them.`,
  });
}

/** Neutron's filters take lists with commas, so a tag with one could never be asked for. */
function readTag(field: Field, findings: Findings): string | undefined {
  const tag = readShortText(field, findings);
  if (tag instanceof Unknown) return refuse(field, "a text", findings);
  if (tag === undefined || (tag !== "" && !tag.includes(","))) return tag;
  return findings.error({
    code: "wrong-value",
    summary: tag === "" ? "a tag may not be empty" : "a tag may not have a comma",
    pointer: field.pointer,
    actual: JSON.stringify(tag),
    expected: "1 to 255 characters without a comma",
    help: tag === "" ? "Remove it." : "Write a tag for each part.",
  });
}
