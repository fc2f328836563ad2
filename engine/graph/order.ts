/** A node and those that come before it, by key. */
export interface Ordered {
  readonly key: string;
  /** Always before it; these never make a circle. */
  readonly after: readonly string[];
  /** Before it wherever that makes no circle. */
  readonly preferablyAfter?: readonly string[];
}

/**
 * A stable order: the same nodes give the same sequence, however they are listed. Nodes of equal
 * rank come in the order of their keys. Keys that are no node are ignored.
 */
export function order(nodes: readonly Ordered[]): readonly string[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const must = new Waiting(nodes, byKey, (node) => node.after);
  const should = new Waiting(nodes, byKey, (node) => [
    ...node.after,
    ...(node.preferablyAfter ?? []),
  ]);
  const sequence: string[] = [];
  const left = new Set([...byKey.keys()].sort());
  let wave = [...left].filter((key) => should.isFree(key));
  while (left.size > 0) {
    if (wave.length === 0) wave = [firstFree(left, must)];
    const next: string[] = [];
    for (const key of wave) {
      if (!left.delete(key)) continue;
      sequence.push(key);
      must.done(key);
      next.push(...should.done(key));
    }
    wave = next.filter((key) => left.has(key)).sort();
  }
  return sequence;
}

/** Counts what each node still waits for. */
class Waiting {
  readonly #open = new Map<string, number>();
  readonly #dependants = new Map<string, string[]>();

  constructor(
    nodes: readonly Ordered[],
    known: ReadonlyMap<string, Ordered>,
    before: (node: Ordered) => readonly string[],
  ) {
    for (const node of nodes) {
      const open = [...new Set(before(node))].filter((key) => key !== node.key && known.has(key));
      this.#open.set(node.key, open.length);
      for (const key of open) {
        const dependants = this.#dependants.get(key);
        if (dependants) dependants.push(node.key);
        else this.#dependants.set(key, [node.key]);
      }
    }
  }

  isFree(key: string): boolean {
    return this.#open.get(key) === 0;
  }

  /** Marks a node as placed; answers those that wait for nothing more. */
  done(key: string): readonly string[] {
    const freed: string[] = [];
    for (const dependant of this.#dependants.get(key) ?? []) {
      const open = (this.#open.get(dependant) ?? 0) - 1;
      this.#open.set(dependant, open);
      if (open === 0) freed.push(dependant);
    }
    return freed;
  }
}

/** The first of what is left, in key order, that may come next; in a circle, simply the first. */
function firstFree(left: ReadonlySet<string>, must: Waiting): string {
  let first: string | undefined;
  for (const key of left) {
    if (must.isFree(key)) return key;
    first ??= key;
  }
  return first ?? "";
}
