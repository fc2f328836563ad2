import { formatAddress } from "../model/address.js";
import type { ResourceInstance, Snapshot } from "../model/state.js";
import { equalJson, isObject, type Json, type JsonObject, scalarText } from "../model/value.js";
import { cloudSegments } from "./cloud-text.js";
import { membersOf } from "./members.js";
import { outputRows } from "./output-rows.js";
import { hanging, line, type Row, span, stacked } from "./row.js";
import { valueText } from "./value-text.js";
import { displayWidth, padTo } from "./width.js";

/** A word that is longer is cut: it could not be broken, and JSON has it whole. */
const WORD = 60;

/** What resource types know of their attributes. */
export interface ShowWords {
  /** Whether an attribute is the type's own note. */
  isInternal(instance: ResourceInstance, attribute: string): boolean;
  /** A member of a set in words; undefined where the type has none for it. */
  label(instance: ResourceInstance, attribute: string, member: Json): string | undefined;
}

/** All that a state remembers, resource by resource, and the outputs. */
export function stateRows(snapshot: Snapshot, words: ShowWords): readonly Row[] {
  const { cloud, instances } = snapshot;
  const count = `${instances.length} resource${instances.length === 1 ? "" : "s"}`;
  const head = [line(0, span(count, "strong"), span(`, serial ${snapshot.serial}`, "dim"))];
  if (cloud) head.unshift(line(0, ...cloudSegments(cloud)));
  const resources = instances.map((instance) => instanceRows(instance, words));
  return stacked([head, ...resources, outputRows(snapshot.outputs)]);
}

/** One resource as the state remembers it. */
function instanceRows(instance: ResourceInstance, words: ShowWords): readonly Row[] {
  const protectedNote = instance.preventDestroy ? [span("  prevent_destroy", "note")] : [];
  const { id, attributes } = instance;
  const entries = Object.entries({ id, ...attributes });
  const shown = entries.filter(
    ([name, value]) =>
      !(name === "id" && value === attributes.name) &&
      !words.isInternal(instance, name) &&
      !isTold(name, value, attributes),
  );
  const plain = shown.filter(([, value]) => !isMapping(value));
  const column = Math.max(0, ...plain.map(([name]) => displayWidth(name)));
  return [
    line(0, span(formatAddress(instance.address), "strong"), ...protectedNote),
    ...shown.flatMap(([name, value]) =>
      isMapping(value)
        ? [line(2, span(`${name}:`)), ...memberRows(name, value, instance, words)]
        : [hanging(2, [span(`${padTo(name, column)}  `, "dim")], span(text(value)))],
    ),
  ];
}

/** Whether a set says nothing that another, which is larger or comes first, does not say. */
function isTold(name: string, value: Json, attributes: JsonObject): boolean {
  if (Array.isArray(value) && value.length > 0) {
    return Object.values(attributes).some(
      (other) => isMapping(other) && value.every((it) => equalJson(other[scalarText(it)], it)),
    );
  }
  if (!isMapping(value)) return false;
  const names = Object.keys(attributes);
  return names.some((other) => {
    const rest = attributes[other];
    if (other === name || rest === undefined || !isMapping(rest)) return false;
    const within = Object.entries(value).every(([key, member]) => equalJson(rest[key], member));
    const isSame = Object.keys(rest).length === Object.keys(value).length;
    return within && (!isSame || names.indexOf(other) < names.indexOf(name));
  });
}

/** One row a member, in the type's words where it has any. */
function memberRows(
  attribute: string,
  mapping: JsonObject,
  instance: ResourceInstance,
  words: ShowWords,
): readonly Row[] {
  const members = Object.entries(mapping).map(([key, after]) => {
    const said = isObject(after) && Object.keys(after).length === 0 ? "" : `  ${text(after)}`;
    const label = words.label(instance, attribute, after) ?? `${key}${said}`;
    return { path: [attribute, key], kind: "add", after, label } as const;
  });
  return membersOf(members).map((member) => {
    const exposed = member.exposes ? [span(`  # ${member.exposes.what}`, "dim")] : [];
    return hanging(4, [], span(member.text), ...exposed);
  });
}

function isMapping(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

function text(value: Json): string {
  const whole = valueText(value, { limit: Number.POSITIVE_INFINITY });
  const isLong = whole.split(" ").some((word) => word.length > WORD);
  return isLong ? valueText(value, { limit: WORD }) : whole;
}
