import type { Address } from "../model/address.js";
import { closest } from "../model/closest.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { parsePointer } from "../model/expression.js";
import { type Explained, explain, keysOf } from "./explain-violation.js";
import { find, type Node } from "./node.js";
import { hasTemplate } from "./parse-template.js";
import { rangeOf, type Span } from "./source-text.js";
import type { Violation } from "./validator.js";

/** Where the value stands that was checked. */
export interface Checked {
  readonly node: Node;
  /** What it is, for messages: an address, `the file`. */
  readonly name: string;
  /** The key it is the value of; absent for a file. */
  readonly keyAt?: Span;
  readonly address?: Address;
  /** Pointers of values that messages may not show. */
  readonly sensitive?: ReadonlySet<string>;
}

/** Keywords that only say that another one failed. */
const UMBRELLAS = new Set(["if", "propertyNames", "allOf"]);
/** Keywords whose branches fail for reasons that hold for none of the others. */
const CHOICES = new Set(["anyOf", "oneOf", "not"]);

/** One diagnostic for each mistake, in the words of the language. */
export function diagnose(violations: readonly Violation[], checked: Checked): Diagnostic[] {
  const choices = violations.filter(({ keyword }) => CHOICES.has(keyword));
  const telling = violations.filter(
    (violation) => !UMBRELLAS.has(violation.keyword) && !isInside(violation, choices),
  );
  const seen = new Set<string>();
  const misspelled = new Set(telling.flatMap(meantKey));
  const crowded = new Set(telling.filter(isUnknownKey).map(({ instancePath }) => instancePath));
  return [...telling.filter(isWrongType), ...telling]
    .filter((violation) => !misspelled.has(missingKey(violation) ?? ""))
    .filter(
      ({ keyword, instancePath }) => keyword !== "maxProperties" || !crowded.has(instancePath),
    )
    .filter((violation) => !isRepeated(violation, seen))
    .map((violation) => diagnoseOne(violation, checked))
    .filter((diagnostic) => diagnostic !== undefined);
}

/** The key that an unknown one most likely means: if it is missing, that is the same mistake. */
function meantKey({ keyword, instancePath, params, parentSchema }: Violation): string | [] {
  if (keyword !== "additionalProperties") return [];
  const keys = keysOf(parentSchema);
  const meant = keys.length === 1 ? keys[0] : closest(String(params.additionalProperty), keys);
  return meant === undefined ? [] : `${instancePath}/${meant}`;
}

function missingKey({ keyword, instancePath, params }: Violation): string | undefined {
  return keyword === "required" ? `${instancePath}/${params.missingProperty}` : undefined;
}

function isUnknownKey({ keyword }: Violation): boolean {
  return keyword === "additionalProperties";
}

function isWrongType({ keyword }: Violation): boolean {
  return keyword === "type";
}

/** A value of the wrong type breaks other rules too: the first one found is enough. */
function isRepeated(violation: Violation, seen: Set<string>): boolean {
  const { keyword, instancePath, params, propertyName } = violation;
  const key = params.additionalProperty ?? params.missingProperty ?? propertyName;
  const what = key === undefined ? instancePath : `${instancePath} ${keyword} ${key}`;
  return seen.has(what) || !seen.add(what);
}

function isInside({ schemaPath }: Violation, choices: readonly Violation[]): boolean {
  return choices.some((choice) => schemaPath.startsWith(`${choice.schemaPath}/`));
}

function diagnoseOne(violation: Violation, checked: Checked): Diagnostic | undefined {
  const keys = parsePointer(violation.instancePath);
  const found = find(checked.node, checked.keyAt, keys);
  if (found.node.kind === "broken") return undefined;
  if (violation.keyword === "required" && found.node.kind === "map" && found.node.partial) {
    return undefined;
  }
  const secret = isSensitive(violation.instancePath, checked.sensitive);
  const evaluated = !found.exact || hasTemplate(found.node);
  const explained = explain(violation, { keys, secret, evaluated, name: checked.name });
  const { place, ...words } = explained;
  return {
    severity: "error",
    ...words,
    ...(checked.address && { address: checked.address, pointer: violation.instancePath }),
    range: rangeOf(placeOf(place, found, checked.node)),
  };
}

function placeOf(
  place: Explained["place"],
  { node, keyAt, exact }: ReturnType<typeof find>,
  root: Node,
): Span {
  if (place.kind === "key-of-value") return keyAt ?? start(root.at);
  if (place.kind === "key" && exact && node.kind === "map") {
    return node.entries.get(place.key)?.keyAt ?? node.at;
  }
  return node.kind === "scalar" ? node.at : (keyAt ?? start(node.at));
}

/** The first character, since the whole of a file is no place to look at. */
function start(span: Span): Span {
  return { ...span, end: span.start + 1 };
}

function isSensitive(pointer: string, sensitive: ReadonlySet<string> | undefined): boolean {
  if (!sensitive) return false;
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    if (sensitive.has(at)) return true;
    if (at === "") return false;
  }
}
