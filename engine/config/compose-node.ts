import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { DiagnosticCode } from "../model/diagnostic-codes.js";
import type { Entry, Node } from "./node.js";
import { quote, type Report } from "./report.js";
import { rangeOf, type SourceText, type Span } from "./source-text.js";

type MapPair = Pair<ParsedNode, ParsedNode | null>;

/** Turns the YAML package's nodes into ours, and refuses what the language leaves out of YAML. */
export class NodeComposer {
  readonly #source: SourceText;
  readonly #report: Report;
  /** The names of those that were reported. */
  readonly #aliases = new Set<string>();

  constructor(source: SourceText, report: Report) {
    this.#source = source;
    this.#report = report;
  }

  compose(node: ParsedNode): Node {
    if (isAlias(node)) return this.#alias(node);
    this.#refuseProperties(node);
    const at = this.#span(node.range);
    if (isScalar(node)) return this.#scalar(node, at);
    if (isSeq(node)) {
      return { kind: "list", items: node.items.map((item) => this.compose(item)), at };
    }
    return isMap(node) ? this.#map(node, at) : { kind: "broken", at };
  }

  /** The first alias of each name: an alias bomb has very many. */
  #alias(node: Alias.Parsed): Node {
    const at = this.#span(node.range);
    if (!this.#aliases.has(node.source)) {
      const summary = `aliases such as *${node.source} are not part of the language`;
      this.#mistake("yaml-alias", at, summary, {
        help: 'write the value out, or use a local: "${local.NAME}"; quote a text that starts with "*"',
      });
    }
    this.#aliases.add(node.source);
    return { kind: "broken", at };
  }

  #refuseProperties(node: Exclude<ParsedNode, Alias.Parsed>): void {
    const [start] = node.range;
    if (node.anchor) {
      const from = this.#source.text.lastIndexOf(`&${node.anchor}`, start);
      const at = this.#span([from, from + node.anchor.length + 1]);
      this.#mistake("yaml-alias", at, "anchors are not part of the language", {
        help: 'use a local for a value that is needed twice: "${local.NAME}"',
      });
    }
    if (node.tag) {
      const [from, to] = tagBefore(this.#source.text, start);
      this.#mistake("yaml-syntax", this.#span([from, to]), "tags are not part of the language", {
        help: 'remove the tag, or quote a text that starts with "!"',
      });
    }
  }

  #scalar(node: Scalar.Parsed, at: Span): Node {
    const { value } = node;
    if (typeof value === "number") return this.#number(value, node.source, at);
    const known = value === null || typeof value === "string" || typeof value === "boolean";
    return known ? { kind: "scalar", value, at } : { kind: "broken", at };
  }

  #number(value: number, written: string, at: Span): Node {
    if (/^[-+]?0\d/u.test(written)) {
      this.#mistake("wrong-value", at, `the number ${written} has leading zeros`, {
        help: `write ${value}, or "${written}" for a text`,
      });
      return { kind: "broken", at };
    }
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
      this.#mistake("wrong-value", at, `the number ${quote(written)} cannot be kept exactly`, {
        help: "put it in quotes for a text",
      });
      return { kind: "broken", at };
    }
    return { kind: "scalar", value: value === 0 ? 0 : value, at };
  }

  #map(node: YAMLMap.Parsed, at: Span): Node {
    const entries = new Map<string, Entry>();
    let partial = false;
    for (const pair of node.items) {
      const entry = this.#entry(pair);
      if (!entry) {
        partial = true;
        continue;
      }
      const first = entries.get(entry.key);
      if (first) this.#duplicate(entry, first);
      else entries.set(entry.key, entry);
    }
    return { kind: "map", entries, partial, at };
  }

  #entry({ key, value }: MapPair): Entry | undefined {
    const keyAt = this.#span(key.range);
    const text = this.#key(key, keyAt);
    if (text === undefined) return undefined;
    const nothing: Node = { kind: "scalar", value: null, at: keyAt };
    const written = value && !(isScalar(value) && value.source === "" && value.value === null);
    return { key: text, keyAt, value: written ? this.compose(value) : nothing };
  }

  /** The key as text; undefined where it is none. */
  #key(key: ParsedNode, at: Span): string | undefined {
    if (isAlias(key)) {
      this.compose(key);
      return undefined;
    }
    this.#refuseProperties(key);
    if (!isScalar(key)) {
      this.#mistake("yaml-syntax", at, "a list or mapping stands in place of a key", {
        help: 'put a text that starts with "{" or "[" in quotes',
      });
      return undefined;
    }
    return this.#textKey(key, at);
  }

  #textKey(key: Scalar.Parsed, at: Span): string | undefined {
    const { value, source } = key;
    if (value === "<<" && key.type === "PLAIN") {
      this.#mistake("yaml-alias", at, 'merge keys ("<<") are not part of the language', {
        help: "write the keys out",
      });
      return undefined;
    }
    if (typeof value === "string") {
      if (!value.includes("${")) return value;
      this.#mistake("bad-expression", at, "a key may not hold an expression", {
        help: "use a list, or write the key out",
      });
      return undefined;
    }
    if (source === "") {
      this.#mistake("yaml-syntax", at, 'there is no key before ":"', { help: "write a key" });
      return undefined;
    }
    this.#mistake("wrong-type", at, `the key ${source} is not a text`, {
      help: `put it in quotes: "${source}"`,
    });
    return undefined;
  }

  #duplicate(entry: Entry, first: Entry): void {
    this.#report({
      severity: "error",
      code: "yaml-duplicate-key",
      summary: `the key ${quote(entry.key)} is there twice`,
      range: rangeOf(entry.keyAt),
      related: [{ message: "first here", range: rangeOf(first.keyAt) }],
      help: "remove or rename one of them",
    });
  }

  #mistake(code: DiagnosticCode, at: Span, summary: string, more: { readonly help: string }): void {
    this.#report({ severity: "error", code, summary, range: rangeOf(at), ...more });
  }

  #span(range: readonly [number, number, ...unknown[]]): Span {
    return { source: this.#source, start: range[0], end: range[1] };
  }
}

/** Where the tag stands that was read before a node: `!`, `!name` or `!!name`. */
function tagBefore(text: string, start: number): [number, number] {
  let from = text.lastIndexOf("!", start);
  if (text[from - 1] === "!") from--;
  const length = text.slice(from).search(/\s|$/u);
  return [from, from + length];
}
