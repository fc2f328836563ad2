import { formatAddress } from "../model/address.js";
import type { ResourceInstance, Snapshot } from "../model/state.js";
import { isObject, type Json, type JsonObject } from "../model/value.js";
import { cloudSegments } from "./cloud-text.js";
import { outputRows } from "./output-rows.js";
import { hanging, line, type Row, span, stacked } from "./row.js";
import { valueText } from "./value-text.js";
import { displayWidth, padTo } from "./width.js";

/** All that a state remembers, resource by resource, and the outputs. */
export function stateRows(snapshot: Snapshot): readonly Row[] {
  const { cloud, instances } = snapshot;
  const count = `${instances.length} resource${instances.length === 1 ? "" : "s"}`;
  const head = [line(0, span(count, "strong"), span(`, serial ${snapshot.serial}`, "dim"))];
  if (cloud) head.unshift(line(0, ...cloudSegments(cloud)));
  return stacked([head, ...instances.map(instanceRows), outputRows(snapshot.outputs)]);
}

/** One resource as the state remembers it. */
function instanceRows(instance: ResourceInstance): readonly Row[] {
  const protectedNote = instance.preventDestroy ? [span("  prevent_destroy", "note")] : [];
  return [
    line(0, span(formatAddress(instance.address), "strong"), ...protectedNote),
    ...objectRows({ id: instance.id, ...instance.attributes }, 2),
  ];
}

function objectRows(object: JsonObject, indent: number): readonly Row[] {
  const entries = Object.entries(object);
  const widths = entries.filter(([, value]) => !isMapping(value)).map(([key]) => displayWidth(key));
  const column = Math.max(0, ...widths);
  return entries.flatMap(([key, value]) =>
    isMapping(value)
      ? [line(indent, span(`${key}:`)), ...mappingRows(value, indent + 2)]
      : [hanging(indent, [span(`${padTo(key, column)}  `, "dim")], span(inFull(value)))],
  );
}

/** One row a member: members are many, and small. */
function mappingRows(mapping: JsonObject, indent: number): readonly Row[] {
  return Object.entries(mapping).map(([key, value]) => {
    const said = isObject(value) && Object.keys(value).length === 0 ? "" : `  ${inFull(value)}`;
    return hanging(indent, [], span(key), span(said, "dim"));
  });
}

function isMapping(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

function inFull(value: Json): string {
  return valueText(value, { limit: Number.POSITIVE_INFINITY });
}
