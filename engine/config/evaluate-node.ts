import { asText, type Expression, type Reference, Template } from "../model/expression.js";
import { Sensitive } from "../model/value.js";
import { evaluateCall } from "./evaluate-call.js";
import { evaluatePath } from "./evaluate-path.js";
import { FAILED, isExpressionList, isExpressionMap, kindOf } from "./expressions.js";
import type { Node, ScalarNode } from "./node.js";
import { isTemplate, templateOf } from "./parse-template.js";
import { fail, type Scope, type Site } from "./scope.js";
import { type Extent, type Syntax, SyntaxMistake } from "./syntax.js";
import { MAX_WEIGHT, weigh } from "./weight.js";

/** The value of a node in which attributes of resources are left as references. */
export function evaluateNode(node: Node, scope: Scope): Expression {
  switch (node.kind) {
    case "broken":
      return FAILED;
    case "scalar":
      return typeof node.value === "string" && isTemplate(node.value)
        ? evaluateText(node, node.value, scope)
        : node.value;
    case "list":
      return node.items.map((item) => evaluateNode(item, scope));
    case "map":
      return Object.fromEntries(
        [...node.entries].map(([key, { value }]) => [key, evaluateNode(value, scope)]),
      );
  }
}

function evaluateText(node: ScalarNode, text: string, scope: Scope): Expression {
  const site: Site = { node, text, scope };
  const parts = templateOf(node, text);
  if (parts instanceof SyntaxMistake) {
    return fail(site, parts.extent, "bad-expression", parts.message, parts.help);
  }
  const [first, ...rest] = parts;
  if (first !== undefined && rest.length === 0) {
    return typeof first === "string" ? first : evaluateSyntax(site, first);
  }
  const builder = new TextBuilder(site);
  for (const part of parts) {
    if (typeof part === "string") builder.add(part, { from: 0, to: text.length });
    else builder.add(evaluateSyntax(site, part), part.extent);
  }
  return builder.build();
}

function evaluateSyntax(site: Site, syntax: Syntax): Expression {
  switch (syntax.kind) {
    case "literal":
      return syntax.value;
    case "path":
      return evaluatePath(site, syntax, evaluateSyntax);
    case "call": {
      const values = syntax.arguments.map((argument) => evaluateSyntax(site, argument));
      return evaluateCall(site, syntax, values);
    }
  }
}

/** Joins the parts of a text, and reports those that have no place in one. */
class TextBuilder {
  readonly #site: Site;
  readonly #parts: (string | Reference)[] = [];
  #length = 0;
  #sensitive = false;
  #failed = false;

  constructor(site: Site) {
    this.#site = site;
  }

  add(value: Expression, extent: Extent): void {
    if (value === FAILED) this.#failed = true;
    else if (value instanceof Template) this.#addTemplate(value, extent);
    else if (value instanceof Sensitive) {
      this.#sensitive = true;
      this.#addText(value.reveal(), extent);
    } else this.#addText(value, extent);
  }

  build(): Expression {
    if (this.#failed) return FAILED;
    const references = this.#parts.some((part) => typeof part === "object");
    if (!references) {
      const text = this.#parts.join("");
      return this.#sensitive ? new Sensitive(text) : text;
    }
    if (!this.#sensitive) return new Template(this.#parts);
    const summary = "a text cannot join a sensitive value and an attribute of a resource";
    const extent = { from: 0, to: this.#site.text.length };
    return fail(this.#site, extent, "bad-expression", summary, "keep them in texts of their own");
  }

  #addText(value: Exclude<Expression, Template | Sensitive>, extent: Extent): void {
    if (this.#failed) return;
    if (value === null || isExpressionList(value) || isExpressionMap(value)) {
      const help = value === null ? "give it a value" : 'join a list by join(", ", LIST)';
      fail(this.#site, extent, "wrong-type", `${kindOf(value)} cannot be part of a text`, help);
      this.#failed = true;
      return;
    }
    const text = asText(value);
    if (this.#grow(text.length, extent)) this.#push(text);
  }

  #addTemplate(template: Template, extent: Extent): void {
    if (this.#grow(weigh(template).total, extent))
      for (const part of template.parts) this.#push(part);
  }

  #push(part: string | Reference): void {
    const last = this.#parts.at(-1);
    if (typeof part === "string" && typeof last === "string")
      this.#parts.splice(-1, 1, last + part);
    else this.#parts.push(part);
  }

  #grow(by: number, extent: Extent): boolean {
    this.#length += by;
    if (this.#length <= MAX_WEIGHT) return true;
    if (!this.#failed) fail(this.#site, extent, "yaml-too-large", "the text would be too large");
    this.#failed = true;
    return false;
  }
}
