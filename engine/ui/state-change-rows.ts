import { formatAddress } from "../model/address.js";
import type { StateChange } from "../model/plan.js";
import { hanging, line, type Row, type Segment, span } from "./row.js";
import { valueText } from "./value-text.js";

/** What changes in the state alone. */
export function stateChangeRows(changes: readonly StateChange[]): readonly Row[] {
  if (changes.length === 0) return [];
  return [
    line(0, span("In the state alone:")),
    ...changes.map((change) => hanging(0, [leadOf(change)], ...changeText(change))),
  ];
}

function leadOf(change: StateChange): Segment {
  if (change.kind === "output" && change.before === undefined) return span("  + ", "create");
  if (change.kind === "output" && change.after === undefined) return span("  - ", "delete");
  return span("  ~ ", "update");
}

function changeText(change: StateChange): readonly Segment[] {
  if (change.kind === "protection") {
    const { address, preventDestroy } = change;
    const now = preventDestroy ? "is protected from now on" : "is not protected any more";
    return [span(formatAddress(address), "strong"), span(`  prevent_destroy: it ${now}`)];
  }
  const { name, before, after } = change;
  const sides = [before, after].filter((it) => it !== undefined);
  const values = sides.map((it) => valueText(it, { limit: 60 })).join(" → ");
  return [span(`output ${name}`, "strong"), span(`  ${values}`)];
}
