import { Composer, type CST, type Document, Lexer, Parser } from "yaml";
import type { Diagnostic } from "../model/diagnostic.js";
import { NodeComposer } from "./compose-node.js";
import type { Node } from "./node.js";
import type { Report } from "./report.js";
import { rangeOf, type SourceText } from "./source-text.js";
import { syntaxMistake } from "./yaml-mistakes.js";

/** Mappings and lists inside each other: deeper than any real file, and safe for every recursion. */
export const MAX_DEPTH = 100;

/** Parts of a text, such as words and colons, between two steps: a few milliseconds' work. */
const STEP = 1000;

/**
 * The one document of a YAML 1.2 text. Undefined where it is no YAML, holds several documents or
 * is empty; then exactly one kind of mistake is reported. Aliases are never expanded.
 */
export function parseYaml(source: SourceText, report: Report): Node | undefined {
  const steps = parseYamlInSteps(source, report);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, between which other work can go on. */
export function* parseYamlInSteps(
  source: SourceText,
  report: Report,
): Generator<void, Node | undefined> {
  const tokens = yield* readTokens(source);
  const refusal = Array.isArray(tokens) ? refusedToken(tokens, source) : tokens;
  if (refusal) {
    report(refusal);
    return undefined;
  }
  yield;
  const document = compose(Array.isArray(tokens) ? tokens : [], source);
  const mistakes = document?.errors ?? [];
  const tabs = mistakes.filter(({ code }) => code === "TAB_AS_INDENT");
  const [first] = mistakes;
  if (first) {
    for (const mistake of tabs.length > 0 ? tabs : [first]) report(syntaxMistake(mistake, source));
    return undefined;
  }
  const contents = document?.contents;
  if (!contents || isEmpty(contents)) {
    report(empty(source));
    return undefined;
  }
  yield;
  return new NodeComposer(source, report).compose(contents);
}

/** The concrete syntax; a diagnostic as soon as it is nested too deep. */
function* readTokens(source: SourceText): Generator<void, CST.Token[] | Diagnostic> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let read = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH + 2) return tooDeep(source, parser.offset);
    read += 1;
    if (read % STEP === 0) yield;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function tooDeep(source: SourceText, offset: number): Diagnostic {
  return {
    severity: "error",
    code: "yaml-too-large",
    summary: `mappings and lists are nested more than ${MAX_DEPTH} deep`,
    range: source.range(offset, offset + 1),
    help: "flatten this part",
  };
}

function refusedToken(tokens: readonly CST.Token[], source: SourceText): Diagnostic | undefined {
  const directive = tokens.find(({ type }) => type === "directive");
  if (directive) {
    return {
      severity: "error",
      code: "yaml-syntax",
      summary: "YAML directives are not part of the language",
      range: source.range(directive.offset, lineEnd(source, directive.offset)),
      help: "remove the line; files are read as YAML 1.2",
    };
  }
  const [, second] = tokens.filter(({ type }) => type === "document");
  if (!second) return undefined;
  return {
    severity: "error",
    code: "yaml-documents",
    summary: "the file holds several YAML documents",
    range: source.range(second.offset, lineEnd(source, second.offset)),
    expected: "one document",
    help: 'remove this "---" line, or move what follows to another file',
  };
}

function lineEnd({ text }: SourceText, offset: number): number {
  const end = text.slice(offset).search(/\r?\n/u);
  return end < 0 ? text.length : offset + end;
}

function compose(tokens: readonly CST.Token[], { text }: SourceText): Document.Parsed | undefined {
  const composer = new Composer({
    uniqueKeys: false,
    merge: false,
    schema: "core",
    resolveKnownTags: false,
    logLevel: "silent",
  });
  const [document] = composer.compose(tokens, true, text.length);
  return document;
}

function isEmpty(contents: NonNullable<Document.Parsed["contents"]>): boolean {
  return "source" in contents && contents.source === "" && !contents.anchor && !contents.tag;
}

function empty(source: SourceText): Diagnostic {
  return {
    severity: "error",
    code: "file-empty",
    summary: "the file declares nothing",
    range: rangeOf({ source, start: 0, end: 0 }),
    help: "declare something in it, or remove it",
  };
}
