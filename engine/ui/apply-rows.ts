import { type Address, formatAddress } from "../model/address.js";
import { isInPart, type Outcome, undeliveredCount } from "../model/outcome.js";
import type { Snapshot } from "../model/state.js";
import type { Detail } from "./attribute-text.js";
import { cloudSegments } from "./cloud-text.js";
import { errorRows } from "./error-rows.js";
import { outputRows } from "./output-rows.js";
import { hanging, line, type Row, type Segment, span, stacked, type Tone } from "./row.js";
import { doneSegments } from "./summary-text.js";
import { durationText } from "./time-text.js";

/** What came of an apply, and the state as it is now: the cloud's name and the outputs are shown. */
export interface Applied extends Outcome {
  readonly snapshot: Pick<Snapshot, "cloud" | "outputs">;
}

/** Failures and addresses left over that are shown without `--verbose`. */
const FEW = 10;

/** The end of an apply: what was done, what failed and why, what to do next. */
export function applyRows(outcome: Applied, detail: Detail): readonly Row[] {
  const { failures, skipped, notStarted, notes, snapshot } = outcome;
  const shown = detail.verbose ? failures : failures.slice(0, FEW);
  const rest = failures.length - shown.length;
  return stacked([
    headRows(outcome),
    ...shown.map(({ address, error }) => errorRows(error, address)),
    rest > 0 ? [line(0, span(`${rest} more failures, --verbose shows them.`, "dim"))] : [],
    [...leftRows("skipped", skipped, detail), ...leftRows("not started", notStarted, detail)],
    notes.map(({ address, note }) =>
      hanging(
        0,
        [span("note: ", "note")],
        span(formatAddress(address), "strong"),
        span(`: ${note}`),
      ),
    ),
    outputRows(snapshot.outputs),
    nextRows(outcome),
  ]);
}

function headRows(outcome: Applied): readonly Row[] {
  const { frame, title } = verdict(outcome);
  const { failures, skipped, notStarted } = outcome;
  const undelivered = undeliveredCount(outcome);
  const counts: readonly (readonly [number, string, Tone])[] = [
    [undelivered, "in the cloud and not delivered yet", "error"],
    [failures.length - undelivered, "failed", "error"],
    [skipped.length, "skipped", "warning"],
    [notStarted.length, "not started", "warning"],
  ];
  const done = doneSegments(outcome.counts);
  const isNothing = done.length === 0 && undelivered === 0;
  const parts: readonly (readonly Segment[])[] = [
    ...(done.length > 0 ? [done] : []),
    ...(isNothing ? [[span("nothing done")]] : []),
    ...counts
      .filter(([count]) => count > 0)
      .map(([count, words, tone]) => [span(`${count} ${words}`, tone)]),
  ];
  const rows = [
    line(
      0,
      span(`${title}: `, frame),
      ...parts.flatMap((part, index) => (index === 0 ? part : [span(", "), ...part])),
      span(` in ${durationText(outcome.elapsed)}`),
    ),
  ];
  const { cloud } = outcome.snapshot;
  if (cloud) rows.unshift(line(0, ...cloudSegments(cloud)));
  return rows.map((row) => ({ ...row, frame }));
}

function verdict(outcome: Applied): { frame: Tone; title: string } {
  const { failures, notStarted } = outcome;
  if (notStarted.length > 0) return { frame: "warning", title: "Interrupted" };
  const isPartial = isInPart(outcome);
  if (failures.length > 0) {
    return { frame: "error", title: isPartial ? "Applied in part" : "Failed" };
  }
  return { frame: "create", title: "Applied" };
}

function leftRows(label: string, left: readonly Address[], detail: Detail): readonly Row[] {
  if (left.length === 0) return [];
  const shown = detail.verbose ? left : left.slice(0, FEW);
  const more = left.length - shown.length;
  const names = shown.flatMap((address, index) => [
    span(index === 0 ? "" : ", "),
    span(formatAddress(address), "strong"),
  ]);
  const rest = more > 0 ? [span(` and ${more} more`, "dim")] : [];
  return [hanging(0, [span(`${label}: `, "warning")], ...names, ...rest)];
}

function nextRows({ failures, notStarted }: Applied): readonly Row[] {
  const done = "What was done is recorded.";
  if (failures.length > 0)
    return [line(0, span(`${done} Mend the cause and apply again to do the rest.`))];
  return notStarted.length > 0 ? [line(0, span(`${done} Apply again to do the rest.`))] : [];
}
