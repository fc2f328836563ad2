import { escapePointer } from "../model/expression.js";
import type { SourceRange } from "../model/source.js";
import type { Entry, Node } from "./node.js";
import { rangeOf, type Span } from "./source-text.js";

/** The places of a declaration's parts by JSON pointer; `""` is its name, `/KEY#` a key itself. */
export function sourceMap(
  nameAt: Span,
  entries: readonly Entry[],
): ReadonlyMap<string, SourceRange> {
  const ranges = new Map([["", rangeOf(nameAt)]]);
  for (const { key, keyAt, value } of entries) {
    const pointer = `/${escapePointer(key)}`;
    ranges.set(`${pointer}#`, rangeOf(keyAt));
    place(value, pointer, ranges);
  }
  return ranges;
}

function place(node: Node, pointer: string, ranges: Map<string, SourceRange>): void {
  ranges.set(pointer, rangeOf(node.at));
  if (node.kind === "list") {
    for (const [index, item] of node.items.entries()) place(item, `${pointer}/${index}`, ranges);
  } else if (node.kind === "map") {
    for (const { key, value } of node.entries.values()) {
      place(value, `${pointer}/${escapePointer(key)}`, ranges);
    }
  }
}
