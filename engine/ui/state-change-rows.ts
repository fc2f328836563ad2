import { formatAddress } from "../model/address.js";
import type { StateChange } from "../model/plan.js";
import type { Json } from "../model/value.js";
import { hanging, line, type Row, type Segment, span } from "./row.js";
import { valueText } from "./value-text.js";

/** What changes in the state alone. */
export function stateChangeRows(changes: readonly StateChange[]): readonly Row[] {
  if (changes.length === 0) return [];
  return [
    line(0, span("Only what Portcullis remembers changes:")),
    ...changes.map((change) => hanging(0, [span("  ~ ", "update")], ...changeText(change))),
  ];
}

function changeText(change: StateChange): readonly Segment[] {
  if (change.kind === "protection") {
    const { address, preventDestroy } = change;
    const now = preventDestroy ? "is protected from now on" : "is not protected any more";
    return [span(formatAddress(address), "strong"), span(`  prevent_destroy: it ${now}`)];
  }
  const { name, before, after } = change;
  return [span(`output ${name}`, "strong"), span(`  ${text(before)} → ${text(after)}`)];
}

function text(value: Json | undefined): string {
  return value === undefined ? "(none)" : valueText(value, { limit: 60 });
}
