import { readAddress, withArticle } from "../model/address.js";
import { type Expression, escapePointer, Template } from "../model/expression.js";
import { locate, type SourceMap } from "../model/source.js";
import { mapEntries } from "../model/value.js";
import { FAILED, isExpressionList, isExpressionMap, loneReference } from "./expressions.js";
import type { Instantiated, Problem } from "./instances.js";
import type { ReferencePlaces } from "./reference-places.js";
import type { Report } from "./report.js";

/** What is needed to make references of bare addresses. */
export interface AddressReader {
  readonly instantiated: Instantiated;
  readonly ranges: SourceMap;
  readonly report: Report;
  readonly complete: boolean;
}

/**
 * The value in which bare addresses are references to the attribute `id`; where several types may be
 * named, such a reference is a text with the type before it.
 */
export function readBareAddresses(
  value: Expression,
  places: ReferencePlaces | undefined,
  reader: AddressReader,
  pointer: string,
): Expression {
  if (!places) return value;
  if (isExpressionList(value)) {
    return value.map((item, index) =>
      readBareAddresses(item, places.items, reader, `${pointer}/${index}`),
    );
  }
  if (isExpressionMap(value)) {
    return mapEntries(value, (item, key) =>
      readBareAddresses(item, places.keys.get(key), reader, `${pointer}/${escapePointer(key)}`),
    );
  }
  if (value instanceof Template) return withType(value, places);
  if (typeof value !== "string") return value;
  const type = places.types.find((it) => value.startsWith(`${it}.`));
  return type === undefined ? value : withType(readText(value, type, reader, pointer), places);
}

function withType(template: Template, { types }: ReferencePlaces): Template {
  const reference = loneReference(template);
  if (types.length < 2 || reference?.path.join(".") !== "id") return template;
  const { type } = reference.address;
  return types.includes(type) ? new Template([`${type}:`, reference]) : template;
}

function readText(
  text: string,
  type: string,
  { instantiated, ranges, report, complete }: AddressReader,
  pointer: string,
): Template {
  const range = locate(ranges, pointer);
  const address = readAddress(text);
  const problem = address ? instantiated.checkInstance(address) : malformed(text, type);
  if (!address || problem || !range) {
    if (problem && (complete || !address)) {
      report({ severity: "error", ...problem, ...(range && { range }) });
    }
    return FAILED;
  }
  return new Template([{ address, path: ["id"], range }]);
}

function malformed(text: string, type: string): Problem {
  return {
    code: "missing-reference",
    summary: `${JSON.stringify(text)} is no address of ${withArticle(type)}`,
    help: `write ${type}.NAME, or ${type}.NAME["KEY"] where it has for_each`,
  };
}
