import type { SourceRange } from "../model/source.js";
import type { ScalarNode } from "./node.js";
import { rangeOf } from "./source-text.js";
import type { Extent } from "./syntax.js";

/**
 * Where a part of a text's value stands in the file, whichever way the text is written: the
 * `${` before the part is found by its number, since no YAML style changes those characters.
 */
export function placeInText(node: ScalarNode, value: string, extent: Extent): SourceRange {
  const { source, start, end } = node.at;
  const raw = source.text.slice(start, end);
  const open = value.lastIndexOf("${", extent.from);
  if (open < 0) return rangeOf(node.at);
  const rawOpen = nthOpening(raw, countOpenings(value, open));
  if (rawOpen < 0) return rangeOf(node.at);
  const from = follow(raw, rawOpen, value, open, extent.from);
  const to = follow(raw, from, value, extent.from, extent.to);
  return source.range(start + from, start + Math.max(to, from + 1));
}

function countOpenings(text: string, before: number): number {
  return text.slice(0, before).split("${").length - 1;
}

function nthOpening(text: string, count: number): number {
  let at = text.indexOf("${");
  for (let passed = 0; passed < count && at >= 0; passed++) at = text.indexOf("${", at + 2);
  return at;
}

/** The offset in `raw` that `target` has in `value`, starting from two that belong together. */
function follow(raw: string, rawFrom: number, value: string, from: number, target: number): number {
  let at = rawFrom;
  for (let index = from; index < target && at < raw.length; index++) {
    at += widthOf(raw, at, value[index] ?? "");
  }
  return Math.min(at, raw.length);
}

/** How much of the file writes one character: escapes and doubled quotes two, folded lines more. */
function widthOf(raw: string, at: number, character: string): number {
  const quote = raw[0];
  if (quote === '"' && raw[at] === "\\") return 2;
  if (quote === "'" && raw[at] === "'") return 2;
  if (raw[at] === character) return 1;
  const blanks = raw.slice(at).search(/\S|$/u);
  return raw[at + blanks] === character ? blanks + 1 : blanks;
}
