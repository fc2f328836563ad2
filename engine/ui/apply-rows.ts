import { type Address, formatAddress } from "../model/address.js";
import type { Summary } from "../model/plan.js";
import type { CloudIdentity } from "../model/provider.js";
import type { ValueObject } from "../model/value.js";
import type { Detail } from "./attribute-text.js";
import { cloudSegments } from "./cloud-text.js";
import { errorRows } from "./error-rows.js";
import { outputRows } from "./output-rows.js";
import { hanging, line, type Row, type Segment, span, stacked, type Tone } from "./row.js";
import { doneSegments } from "./summary-text.js";
import { durationText } from "./time-text.js";

/** What came of an apply. */
export interface Outcome {
  /** What succeeded. */
  readonly counts: Summary;
  readonly failures: readonly { readonly address: Address; readonly error: Error }[];
  /** Not tried, because something they depend on failed. */
  readonly skipped: readonly Address[];
  /** Stopped by a signal before all was done. */
  readonly interrupted: boolean;
  /** What the user should know, such as where a private key is. */
  readonly notes: readonly string[];
  /** Milliseconds. */
  readonly elapsed: number;
  readonly cloud?: CloudIdentity;
  readonly outputs?: ValueObject;
}

/** Skipped addresses and failures that are shown without `--verbose`. */
const FEW = 10;

/** The end of an apply: what was done, what failed and why, what to do next. */
export function applyRows(outcome: Outcome, detail: Detail): readonly Row[] {
  const { failures, skipped, interrupted, notes } = outcome;
  const shown = detail.verbose ? failures : failures.slice(0, FEW);
  const rest = failures.length - shown.length;
  return stacked([
    headRows(outcome),
    ...shown.map(({ address, error }) => errorRows(error, address)),
    rest > 0 ? [line(0, span(`${rest} more failures, --verbose shows them.`, "dim"))] : [],
    skippedRows(skipped, detail),
    notes.map((note) => hanging(0, [span("note: ", "note")], span(note))),
    outputRows(outcome.outputs ?? {}),
    failures.length > 0 || interrupted ? [nextRow(interrupted)] : [],
  ]);
}

function headRows(outcome: Outcome): readonly Row[] {
  const { failures, skipped, interrupted, cloud } = outcome;
  const bad = failures.length > 0;
  const frame: Tone = bad ? "error" : interrupted ? "warning" : "create";
  const title = interrupted ? "Interrupted" : bad ? "Applied in part" : "Applied";
  const done = doneSegments(outcome.counts);
  const counts: Segment[] = done.length > 0 ? [...done] : [span("nothing done")];
  if (bad) counts.push(span(", "), span(`${failures.length} failed`, "error"));
  if (skipped.length > 0) counts.push(span(", "), span(`${skipped.length} skipped`, "warning"));
  const rows = [
    line(0, span(`${title}: `, frame), ...counts, span(` in ${durationText(outcome.elapsed)}`)),
  ];
  if (cloud) rows.unshift(line(0, ...cloudSegments(cloud)));
  return rows.map((row) => ({ ...row, frame }));
}

function skippedRows(skipped: readonly Address[], detail: Detail): readonly Row[] {
  if (skipped.length === 0) return [];
  const shown = detail.verbose ? skipped : skipped.slice(0, FEW);
  const more = skipped.length - shown.length;
  const names = shown.flatMap((address, index) => [
    span(index === 0 ? "" : ", "),
    span(formatAddress(address), "strong"),
  ]);
  const rest = more > 0 ? [span(` and ${more} more`, "dim")] : [];
  return [hanging(0, [span("skipped: ", "warning")], ...names, ...rest)];
}

function nextRow(interrupted: boolean): Row {
  const text = interrupted
    ? "What was done is recorded. Run portcullis apply again to do the rest."
    : "What was done is recorded. Mend the cause and run portcullis apply again to do the rest.";
  return line(0, span(text));
}
