import type { Diagnostic } from "../model/diagnostic.js";
import { type Expression, Template } from "../model/expression.js";
import { Sensitive } from "../model/value.js";
import { describe } from "./explain-violation.js";
import { FAILED, isExpressionList, isExpressionMap, kindOf } from "./expressions.js";
import type { Node } from "./node.js";
import { hasTemplate } from "./parse-template.js";
import type { Report } from "./report.js";
import { rangeOf } from "./source-text.js";

/** The value under each key of a `for_each`. */
type Entries = ReadonlyMap<string, Expression>;

/** Why a value cannot be a `for_each`. */
class Refusal {
  constructor(
    readonly code: Diagnostic["code"],
    readonly summary: string,
    readonly help: string,
    /** The item of the list. */
    readonly index?: number,
  ) {}
}

/** The entries of a `for_each`; undefined where it has none that are known, which was reported. */
export function expandForEach(node: Node, value: Expression, report: Report): Entries | undefined {
  if (node.kind === "scalar" && !hasTemplate(node)) return undefined;
  const entries = refuseUnknown(value) ?? entriesIn(value);
  if (entries instanceof Template) return undefined;
  if (!(entries instanceof Refusal)) return entries;
  const { code, summary, help, index } = entries;
  const item = node.kind === "list" && index !== undefined ? node.items[index] : undefined;
  report({ severity: "error", code, summary, range: rangeOf((item ?? node).at), help });
  return undefined;
}

function refuseUnknown(value: Expression, index?: number): Refusal | typeof FAILED | undefined {
  if (value === FAILED) return FAILED;
  if (value instanceof Template) {
    const help = "use variables and locals without attributes of resources";
    const summary = "the keys of for_each must be known before apply";
    return new Refusal("not-known-yet", summary, help, index);
  }
  if (!(value instanceof Sensitive)) return undefined;
  const summary = "the keys of for_each are shown, so they cannot be sensitive";
  return new Refusal("bad-for-each", summary, "use keys that are not sensitive", index);
}

function entriesIn(value: Expression): Entries | Refusal | typeof FAILED {
  if (isExpressionList(value)) return entriesOfList(value);
  if (!isExpressionMap(value)) {
    const summary = `for_each cannot be ${kindOf(value)}`;
    return new Refusal("bad-for-each", summary, "use a mapping or a list of distinct texts");
  }
  if (!Object.hasOwn(value, "")) return new Map(Object.entries(value));
  return new Refusal("bad-for-each", "a key of for_each is empty", "give it a name");
}

function entriesOfList(list: readonly Expression[]): Entries | Refusal | typeof FAILED {
  const entries = new Map<string, Expression>();
  for (const [index, item] of list.entries()) {
    const unknown = refuseUnknown(item, index);
    if (unknown) return unknown;
    if (typeof item !== "string" || item === "") {
      const summary = "an item of for_each must be text that is not empty";
      const help = typeof item === "number" ? `put it in quotes: "${item}"` : "use a mapping";
      return new Refusal("bad-for-each", summary, help, index);
    }
    if (entries.has(item)) {
      const summary = `for_each has ${describe(item)} twice`;
      return new Refusal("bad-for-each", summary, "remove one of them", index);
    }
    entries.set(item, item);
  }
  return entries;
}
