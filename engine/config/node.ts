import type { Json } from "../model/value.js";
import type { Span } from "./source-text.js";

/** A part of a YAML file with its place. */
export type Node = ScalarNode | ListNode | MapNode | BrokenNode;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string;
  readonly at: Span;
}

interface ListNode {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly at: Span;
}

interface MapNode {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Entry>;
  /** An entry was refused and reported: what seems to be missing may be that one. */
  readonly partial: boolean;
  readonly at: Span;
}

/** Something that was reported already: it fits everywhere, so that it is not reported again. */
interface BrokenNode {
  readonly kind: "broken";
  readonly at: Span;
}

/** A key of a mapping and its value. */
export interface Entry {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: Node;
}

/** A text that stands for what is not known: it passes wherever an expression may stand. */
export const PLACEHOLDER = "${}";

/** The node as JSON, texts as they are written; broken parts are {@link PLACEHOLDER}. */
export function plain(node: Node): Json {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plain);
    case "map":
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
    case "broken":
      return PLACEHOLDER;
  }
}

/** The entries of a mapping; none for anything else. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === "map" ? [...node.entries.values()] : [];
}

/** What a mapping has under a key. */
export function valueAt(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** The text that a mapping has under a key. */
export function textAt(node: Node | undefined, key: string): string | undefined {
  const value = valueAt(node, key);
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
}

/** What a pointer's keys lead to, or the nearest part around it. */
export interface Found {
  readonly node: Node;
  /** Its key, where it is the value of one; else the nearest key around it. */
  readonly keyAt: Span | undefined;
  /** Whether it is the place itself and not one around it. */
  readonly exact: boolean;
}

/** Follows keys into a node. */
export function find(root: Node, rootKeyAt: Span | undefined, keys: readonly string[]): Found {
  let node = root;
  let keyAt = rootKeyAt;
  for (const key of keys) {
    const entry = node.kind === "map" ? node.entries.get(key) : undefined;
    const child = entry?.value ?? (node.kind === "list" ? node.items[Number(key)] : undefined);
    if (!child) return { node, keyAt, exact: false };
    keyAt = entry?.keyAt ?? child.at;
    node = child;
  }
  return { node, keyAt, exact: true };
}
