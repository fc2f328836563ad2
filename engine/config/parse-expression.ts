import {
  type Extent,
  type LiteralSyntax,
  type Step,
  type Syntax,
  SyntaxMistake,
} from "./syntax.js";

/** Calls and indexes inside each other. */
const MAX_NESTING = 20;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["\\", "\\"],
  ['"', '"'],
  ["'", "'"],
]);

/** Reads one expression of a text, up to the `}` that ends it. Throws {@link SyntaxMistake}. */
export class ExpressionParser {
  readonly #text: string;
  /** Behind the `${`. */
  readonly #from: number;
  #at: number;
  #nesting = 0;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#from = from;
    this.#at = from;
  }

  /** The expression and the offset behind its `}`. */
  parse(): { readonly syntax: Syntax; readonly end: number } {
    const syntax = this.#expression();
    if (this.#peek() !== "}") this.#unexpected('"}"');
    return { syntax, end: this.#at + 1 };
  }

  #expression(): Syntax {
    if (++this.#nesting > MAX_NESTING) {
      this.#fail("the expression is nested too deep", this.#at, this.#at + 1, "use locals");
    }
    const syntax = this.#primary();
    this.#nesting--;
    return syntax;
  }

  #primary(): Syntax {
    const next = this.#peek();
    if (next === '"' || next === "'") return this.#string(next);
    const number = this.#match(/-?\d+(?:\.\d+)?/uy);
    if (number) return { kind: "literal", value: Number(number.text), extent: number.extent };
    const word = this.#match(/[A-Za-z_][A-Za-z0-9_-]*/uy);
    if (!word) return this.#unexpected("a value such as var.NAME");
    if (this.#peek() === "(") return this.#call(word.text, word.extent);
    const value = WORDS.get(word.text);
    if (value !== undefined) return { kind: "literal", value, extent: word.extent };
    return this.#path(word.text, word.extent);
  }

  #string(quote: string): LiteralSyntax {
    const from = this.#at++;
    let value = "";
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) {
        return this.#fail("a quoted text never ends", from, this.#text.length, `add ${quote}`);
      }
      if (character === quote) break;
      value += character === "\\" ? this.#escape() : character;
    }
    return { kind: "literal", value, extent: { from, to: this.#at } };
  }

  #escape(): string {
    const meaning = ESCAPES.get(this.#text[this.#at] ?? "");
    if (meaning === undefined) {
      return this.#fail(
        "an unknown escape in a quoted text",
        this.#at - 1,
        this.#at + 1,
        String.raw`the escapes are \n, \t, \\, \" and \'`,
      );
    }
    this.#at++;
    return meaning;
  }

  #call(name: string, nameExtent: Extent): Syntax {
    this.#at++;
    const values: Syntax[] = [];
    if (this.#peek() !== ")") {
      values.push(this.#expression());
      while (this.#peek() === ",") {
        this.#at++;
        values.push(this.#expression());
      }
    }
    if (this.#peek() !== ")") this.#unexpected('"," or ")"');
    const extent = { from: nameExtent.from, to: ++this.#at };
    return { kind: "call", name, nameExtent, arguments: values, extent };
  }

  #path(root: string, rootExtent: Extent): Syntax {
    const steps: Step[] = [];
    for (;;) {
      const next = this.#text[this.#at];
      if (next === ".") steps.push(this.#name());
      else if (next === "[") steps.push(this.#index());
      else break;
    }
    const extent = { from: rootExtent.from, to: steps.at(-1)?.extent.to ?? rootExtent.to };
    return { kind: "path", root, rootExtent, steps, extent };
  }

  #name(): Step {
    const from = this.#at++;
    const name = this.#matchHere(/[A-Za-z_][A-Za-z0-9_-]*|\d+/uy);
    if (!name) return this.#unexpected('a name behind "."');
    return { kind: "name", name: name.text, extent: { from, to: name.extent.to } };
  }

  #index(): Step {
    const from = this.#at++;
    const index = this.#expression();
    if (this.#peek() !== "]") this.#unexpected('"]"');
    return { kind: "index", index, extent: { from, to: ++this.#at } };
  }

  /** The next character that is no space. */
  #peek(): string | undefined {
    while (/\s/u.test(this.#text[this.#at] ?? "")) this.#at++;
    return this.#text[this.#at];
  }

  #match(pattern: RegExp) {
    this.#peek();
    return this.#matchHere(pattern);
  }

  #matchHere(pattern: RegExp): { readonly text: string; readonly extent: Extent } | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text === undefined) return undefined;
    const from = this.#at;
    this.#at += text.length;
    return { text, extent: { from, to: this.#at } };
  }

  #unexpected(expected: string): never {
    const character = this.#peek();
    if (character === undefined) {
      this.#fail(
        '"${" is never closed',
        this.#from - 2,
        this.#from,
        'add "}"; a literal "${" is "$${"',
      );
    }
    const help = /[+*/%=!<>?:&|-]/u.test(character)
      ? "there are no operators; text and expressions are joined by standing side by side"
      : `write ${expected}`;
    const message =
      character === "}"
        ? "the expression is not complete"
        : `${JSON.stringify(character)} does not fit here`;
    return this.#fail(message, this.#at, this.#at + 1, help);
  }

  #fail(message: string, from: number, to: number, help: string): never {
    throw new SyntaxMistake(message, { from, to }, help);
  }
}
