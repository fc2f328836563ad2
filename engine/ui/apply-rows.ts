import { type Address, formatAddress } from "../model/address.js";
import { isInPart, isSomethingDone, type Outcome, undeliveredCount } from "../model/outcome.js";
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
  const alike = alikeFailures(failures);
  const shown = detail.verbose ? alike : alike.slice(0, FEW);
  const rest = failures.length - shown.flatMap(({ addresses }) => addresses).length;
  return stacked([
    headRows(outcome),
    ...shown.map((it) => failureRows(it, detail)),
    rest > 0 ? [line(0, span(`${rest} more failures, --verbose shows them.`, "dim"))] : [],
    [...leftRows("skipped", skipped, detail), ...leftRows(leftWords(outcome), notStarted, detail)],
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

/** Failures that are told by the same words. */
interface Alike {
  readonly error: Error;
  readonly addresses: readonly Address[];
}

function alikeFailures(failures: Outcome["failures"]): readonly Alike[] {
  const found = new Map<string, { error: Error; addresses: Address[] }>();
  for (const { address, error } of failures) {
    const words = JSON.stringify(errorRows(error));
    const known = found.get(words);
    if (known) known.addresses.push(address);
    else found.set(words, { error, addresses: [address] });
  }
  return [...found.values()];
}

/** What befell one names it; what befell several is told once, with their names. */
function failureRows({ error, addresses }: Alike, detail: Detail): readonly Row[] {
  const [first, ...others] = addresses;
  if (others.length === 0) return errorRows(error, first);
  return [
    ...errorRows(error),
    hanging(2, [span(`= ${addresses.length} failed so: `, "note")], ...namesOf(addresses, detail)),
  ];
}

/** What became of changes that were not started. */
function leftWords({ isUnreachable }: Outcome): string {
  return isUnreachable ? "not tried" : "not started";
}

function headRows(outcome: Applied): readonly Row[] {
  const { frame, title } = verdict(outcome);
  const { failures, skipped, notStarted } = outcome;
  const undelivered = undeliveredCount(outcome);
  const counts: readonly (readonly [number, string, Tone])[] = [
    [undelivered, "in the cloud and not delivered yet", "error"],
    [failures.length - undelivered, "failed", "error"],
    [skipped.length, "skipped", "warning"],
    [notStarted.length, leftWords(outcome), "warning"],
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
  const { failures, notStarted, isUnreachable } = outcome;
  if (notStarted.length > 0 && !isUnreachable) return { frame: "warning", title: "Interrupted" };
  const isPartial = isInPart(outcome);
  if (failures.length > 0) {
    return { frame: "error", title: isPartial ? "Applied in part" : "Failed" };
  }
  return { frame: "create", title: "Applied" };
}

function leftRows(label: string, left: readonly Address[], detail: Detail): readonly Row[] {
  if (left.length === 0) return [];
  return [hanging(0, [span(`${label}: `, "warning")], ...namesOf(left, detail))];
}

function namesOf(addresses: readonly Address[], detail: Detail): readonly Segment[] {
  const shown = detail.verbose ? addresses : addresses.slice(0, FEW);
  const more = addresses.length - shown.length;
  const names = shown.flatMap((address, index) => [
    span(index === 0 ? "" : ", "),
    span(formatAddress(address), "strong"),
  ]);
  return more > 0 ? [...names, span(` and ${more} more`, "dim")] : names;
}

function nextRows(outcome: Applied): readonly Row[] {
  const { failures, notStarted, isUnreachable } = outcome;
  if (failures.length === 0 && notStarted.length === 0) return [];
  const done = isSomethingDone(outcome) ? "What was done is recorded. " : "";
  if (isUnreachable) {
    const why = "The cloud could not be reached any more, so the rest was not tried.";
    return [line(0, span(`${why} ${done}Apply again when it can.`))];
  }
  const mended = failures.length > 0 ? "Mend the cause and apply" : "Apply";
  return [line(0, span(`${done}${mended} again to do the rest.`))];
}
