import type { Node, ScalarNode } from "./node.js";
import { ExpressionParser } from "./parse-expression.js";
import { type Syntax, SyntaxMistake } from "./syntax.js";

/** The literal texts and expressions of a text; a lone `${...}` is one part. */
export type TemplateParts = readonly (string | Syntax)[];

/** Whether a text may hold expressions or their escape. */
export function isTemplate(text: string): boolean {
  return text.includes("${");
}

/** Whether a text holds an expression, as a pattern that every JSON Schema validator reads. */
export const EXPRESSION_PATTERN = "(^|[^$])\\$\\{";

/** Splits a text; `$${` is a literal `${`. */
function parseTemplate(text: string): TemplateParts | SyntaxMistake {
  const parts: (string | Syntax)[] = [];
  let literal = "";
  let at = 0;
  try {
    for (;;) {
      const open = text.indexOf("${", at);
      if (open < 0) break;
      if (open > 0 && text[open - 1] === "$") {
        literal += `${text.slice(at, open - 1)}\${`;
        at = open + 2;
        continue;
      }
      literal += text.slice(at, open);
      if (literal !== "") parts.push(literal);
      literal = "";
      const { syntax, end } = new ExpressionParser(text, open + 2).parse();
      parts.push(syntax);
      at = end;
    }
  } catch (error) {
    if (error instanceof SyntaxMistake) return error;
    throw error;
  }
  literal += text.slice(at);
  if (literal !== "" || parts.length === 0) parts.push(literal);
  return parts;
}

const PARSED = new WeakMap<ScalarNode, TemplateParts | SyntaxMistake>();

/** The parts of a scalar's text, read once however many instances use it. */
export function templateOf(node: ScalarNode, text: string): TemplateParts | SyntaxMistake {
  const known = PARSED.get(node);
  if (known) return known;
  const parsed = parseTemplate(text);
  PARSED.set(node, parsed);
  return parsed;
}

/** Whether any text in a node may hold expressions. */
export function hasTemplate(node: Node): boolean {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && isTemplate(node.value);
    case "list":
      return node.items.some(hasTemplate);
    case "map":
      return [...node.entries.values()].some(({ value }) => hasTemplate(value));
    case "broken":
      return true;
  }
}
