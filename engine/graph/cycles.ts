import { formatAddress } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { referencesIn } from "../model/expression.js";
import type { Resource } from "../model/resource.js";
import type { SourceRange } from "../model/source.js";
import { dependenciesOf, type Types } from "./dependencies.js";

/**
 * One error for each circle of resources. A resource stands for two moments, made and complete:
 * groups that name each other in their rules are no circle, since rules are written when all are made.
 */
export function findCycles(resources: readonly Resource[], types: Types): readonly Diagnostic[] {
  const edges = moments(resources, types);
  const byAddress = new Map(resources.map((it) => [formatAddress(it.address), it]));
  return circles(edges).map((circle) => {
    const names = circle.map((moment) => moment.replace(/!$/u, ""));
    const distinct = names.filter((name, index) => name !== names.at(index - 1));
    return diagnose(distinct.length > 0 ? distinct : names.slice(0, 1), byAddress);
  });
}

/** The error for a circle of addresses, with the place at which each needs the next. */
function diagnose(path: readonly string[], resources: ReadonlyMap<string, Resource>): Diagnostic {
  const [first = "", ...rest] = path;
  const after = [...rest, first];
  const [needs, ...others] = path.map((name, index) => {
    const resource = resources.get(name);
    const next = after[index] ?? "";
    const place = resource && { resource, range: rangeOfNeed(resource, next) };
    return { message: `${name} needs ${next} here`, place };
  });
  return {
    severity: "error",
    code: "reference-cycle",
    summary: `resources refer to each other in a circle: ${[...path, first].join(" -> ")}`,
    related: others.flatMap(({ message, place }) =>
      place ? [{ message, range: place.range }] : [],
    ),
    help: "remove one of these references or depends_on entries",
    ...(needs?.place && { address: needs.place.resource.address, range: needs.place.range }),
  };
}

/** Where a resource refers to an address; what only `depends_on` names has the resource's place. */
function rangeOfNeed(resource: Resource, address: string): SourceRange {
  const found = referencesIn(resource.config).find(
    ({ reference }) => formatAddress(reference.address) === address,
  );
  return found?.reference.range ?? resource.range;
}

/** For each moment (`ADDRESS` made, `ADDRESS!` complete) the moments that come before it. */
function moments(
  resources: readonly Resource[],
  types: Types,
): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>();
  for (const resource of resources) {
    const made = formatAddress(resource.address);
    const complete = `${made}!`;
    const beforeMade: string[] = [];
    const beforeComplete = [made];
    for (const { on, needs, before } of dependenciesOf(resource, types)) {
      const moment = `${formatAddress(on)}${needs === "complete" ? "!" : ""}`;
      (before === "made" ? beforeMade : beforeComplete).push(moment);
    }
    edges.set(made, beforeMade.sort());
    edges.set(complete, beforeComplete);
  }
  return edges;
}

/** Disjoint circles, each beginning at its smallest member. */
function circles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const left = new Set(edges.keys());
  removeFree(left, edges);
  const found: (readonly string[])[] = [];
  while (left.size > 0) {
    const circle = walkToCircle(left, edges);
    found.push(startAtSmallest(circle));
    for (const moment of circle) left.delete(moment);
    removeFree(left, edges);
  }
  return found;
}

/** Takes away what depends on nothing that is left, until all that is left depends on a circle. */
function removeFree(left: Set<string>, edges: ReadonlyMap<string, readonly string[]>): void {
  const waiting = new Map<string, number>();
  const dependants = new Map<string, string[]>();
  for (const moment of left) {
    const open = (edges.get(moment) ?? []).filter((other) => left.has(other));
    waiting.set(moment, open.length);
    for (const other of open) {
      const list = dependants.get(other);
      if (list) list.push(moment);
      else dependants.set(other, [moment]);
    }
  }
  const free = [...left].filter((moment) => waiting.get(moment) === 0);
  for (let moment = free.pop(); moment !== undefined; moment = free.pop()) {
    left.delete(moment);
    for (const dependant of dependants.get(moment) ?? []) {
      const open = (waiting.get(dependant) ?? 0) - 1;
      waiting.set(dependant, open);
      if (open === 0) free.push(dependant);
    }
  }
}

/** From the smallest moment along what it waits for, until a moment comes again. */
function walkToCircle(
  left: ReadonlySet<string>,
  edges: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const path: string[] = [];
  const seen = new Map<string, number>();
  let at = [...left].sort()[0];
  while (at !== undefined) {
    const before = seen.get(at);
    if (before !== undefined) return path.slice(before);
    seen.set(at, path.length);
    path.push(at);
    at = (edges.get(at) ?? []).find((other) => left.has(other));
  }
  return path;
}

function startAtSmallest(circle: readonly string[]): readonly string[] {
  const smallest = [...circle].sort()[0] ?? "";
  const start = circle.indexOf(smallest);
  return [...circle.slice(start), ...circle.slice(0, start)];
}
