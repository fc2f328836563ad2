import type { Diagnostic } from "../model/diagnostic.js";
import { type Entry, entriesOf, type Node, valueAt } from "./node.js";
import { quote, type Report } from "./report.js";
import { rangeOf, type Span } from "./source-text.js";

/** A named part of a file. */
export interface Declared {
  readonly name: string;
  readonly node: Node;
  readonly keyAt: Span;
}

export interface DeclaredResource extends Declared {
  readonly type: string;
}

/** What all files declare; the first declaration of a name counts. */
export interface Declarations {
  readonly provider: Declared | undefined;
  readonly variables: ReadonlyMap<string, Declared>;
  readonly locals: ReadonlyMap<string, Declared>;
  readonly outputs: ReadonlyMap<string, Declared>;
  /** By `type.name`. */
  readonly resources: ReadonlyMap<string, DeclaredResource>;
}

/** Merges the files' declarations and reports names that are declared in two of them. */
export function collect(files: readonly Node[], report: Report): Declarations {
  const providers = new Map<string, Declared>();
  const variables = new Map<string, Declared>();
  const locals = new Map<string, Declared>();
  const outputs = new Map<string, Declared>();
  const resources = new Map<string, DeclaredResource>();
  for (const file of files) {
    const block = file.kind === "map" ? file.entries.get("provider") : undefined;
    const [provider] = entriesOf(block?.value);
    if (block && provider) {
      const declared = { name: provider.key, node: provider.value, keyAt: block.keyAt };
      add(providers, "provider", declared, "the provider", report);
    }
    for (const [section, into, noun] of [
      ["variables", variables, "the variable"],
      ["locals", locals, "the local"],
      ["outputs", outputs, "the output"],
    ] as const) {
      for (const entry of entriesOf(valueAt(file, section))) {
        add(into, entry.key, declaredBy(entry), `${noun} ${quote(entry.key)}`, report);
      }
    }
    for (const { type, entry } of resourcesOf(file)) {
      const address = `${type}.${entry.key}`;
      add(resources, address, { type, ...declaredBy(entry) }, address, report);
    }
  }
  return { provider: providers.get("provider"), variables, locals, outputs, resources };
}

function* resourcesOf(file: Node): Iterable<{ readonly type: string; readonly entry: Entry }> {
  for (const { key: type, value } of entriesOf(valueAt(file, "resources"))) {
    for (const entry of entriesOf(value)) yield { type, entry };
  }
}

function declaredBy({ key, keyAt, value }: Entry): Declared {
  return { name: key, node: value, keyAt };
}

function add<T extends Declared>(
  into: Map<string, T>,
  key: string,
  declared: T,
  noun: string,
  report: Report,
): void {
  const first = into.get(key);
  if (first) report(duplicate(declared, first, noun));
  else into.set(key, declared);
}

function duplicate(second: Declared, first: Declared, noun: string): Diagnostic {
  return {
    severity: "error",
    code: "type" in second ? "duplicate-address" : "duplicate-declaration",
    summary: `${noun} is declared twice`,
    range: rangeOf(second.keyAt),
    related: [{ message: "first here", range: rangeOf(first.keyAt) }],
    help: "remove or rename one of them",
  };
}
