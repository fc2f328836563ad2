import type { Declarations, Declared } from "./declarations.js";
import type { Node } from "./node.js";
import { isTemplate, templateOf } from "./parse-template.js";
import { type Syntax, SyntaxMistake } from "./syntax.js";

/** The locals such that each comes after those it refers to, and the circles among them. */
export interface LocalOrder {
  readonly ordered: readonly Declared[];
  /** Each as the way round, without coming back to the first. */
  readonly cycles: readonly (readonly Declared[])[];
}

/** Sorts locals by what they refer to, however long the chain. Members of circles are left out. */
export function orderLocals(locals: Declarations["locals"]): LocalOrder {
  const names = [...locals.keys()].sort();
  const needs = new Map(
    [...locals].map(([name, { node }]) => [
      name,
      new Set(namesIn(node).filter((it) => locals.has(it))),
    ]),
  );
  const neededBy = invert(needs);
  const ordered: string[] = [];
  const cycles: (readonly string[])[] = [];
  const ready = names.filter((name) => needs.get(name)?.size === 0);
  const settle = (name: string) => {
    needs.delete(name);
    for (const other of neededBy.get(name) ?? []) {
      const open = needs.get(other);
      if (open?.delete(name) && open.size === 0) ready.push(other);
    }
  };
  for (const start of names) {
    for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
      if (needs.has(name)) ordered.push(name);
      settle(name);
    }
    if (!needs.has(start)) continue;
    const cycle = findCycle(start, needs);
    cycles.push(cycle);
    for (const name of cycle) settle(name);
  }
  const declaredAs = (name: string) => locals.get(name) ?? [];
  return {
    ordered: ordered.flatMap(declaredAs),
    cycles: cycles.map((cycle) => cycle.flatMap(declaredAs)),
  };
}

function invert(needs: ReadonlyMap<string, ReadonlySet<string>>) {
  const neededBy = new Map<string, string[]>();
  for (const [name, others] of needs) {
    for (const other of others) {
      const list = neededBy.get(other);
      if (list) list.push(name);
      else neededBy.set(other, [name]);
    }
  }
  return neededBy;
}

/** Follows the first need of each: where all need another, that comes round. */
function findCycle(
  start: string,
  needs: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const way = new Set<string>();
  let name: string | undefined = start;
  while (name !== undefined && !way.has(name)) {
    way.add(name);
    [name] = needs.get(name) ?? [];
  }
  const names = [...way];
  const cycle = names.slice(Math.max(names.indexOf(name ?? ""), 0));
  const least = cycle.indexOf(cycle.toSorted()[0] ?? "");
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}

/** The locals that a node names. */
function namesIn(node: Node): readonly string[] {
  switch (node.kind) {
    case "broken":
      return [];
    case "list":
      return node.items.flatMap(namesIn);
    case "map":
      return [...node.entries.values()].flatMap(({ value }) => namesIn(value));
    case "scalar":
      break;
  }
  if (typeof node.value !== "string" || !isTemplate(node.value)) return [];
  const parts = templateOf(node, node.value);
  if (parts instanceof SyntaxMistake) return [];
  return parts.flatMap((part) => (typeof part === "string" ? [] : namesInSyntax(part)));
}

function namesInSyntax(syntax: Syntax): readonly string[] {
  switch (syntax.kind) {
    case "literal":
      return [];
    case "call":
      return syntax.arguments.flatMap(namesInSyntax);
    case "path": {
      const [first] = syntax.steps;
      const own = syntax.root === "local" && first?.kind === "name" ? [first.name] : [];
      const inside = syntax.steps.flatMap((step) =>
        step.kind === "index" ? namesInSyntax(step.index) : [],
      );
      return [...own, ...inside];
    }
  }
}
