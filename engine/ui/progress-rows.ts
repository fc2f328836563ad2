import { formatAddress } from "../model/address.js";
import { ACTION_STYLE } from "./action-style.js";
import type { ProgressState, Running, Waiting } from "./progress-state.js";
import { hanging, joined, line, type Row, type Segment, span } from "./row.js";
import { durationText } from "./time-text.js";

/** What fits under a short terminal's failures: an apply runs ten changes at once. */
const SHOWN = { running: 10, waiting: 3 } as const;
const BAR = 20;

/** The live picture: how far, what runs and for how long, what waits for what. */
export function progressRows(state: ProgressState, now: Date): readonly Row[] {
  const running = state.running.slice(0, SHOWN.running);
  const more = state.running.length - running.length;
  const blocked = state.waiting
    .map((waiting) => ({ waiting, blockers: blockersOf(state, waiting) }))
    .filter(({ blockers }) => blockers.length > 0)
    .slice(0, SHOWN.waiting);
  return [
    headRow(state, now),
    ...running.map((it) => runningRow(it, now)),
    ...(more > 0 ? [line(4, span(`and ${more} more`, "dim"))] : []),
    ...blocked.map(({ waiting, blockers }) => waitingRow(waiting, blockers)),
  ];
}

function headRow(state: ProgressState, now: Date): Row {
  const { done, total, failed } = state;
  const parts: Segment[][] = [
    bar(state),
    [span(`${done} of ${total} done`, "strong")],
    [span(`${state.running.length} under way`)],
    [span(`${state.waiting.length} waiting`)],
  ];
  if (failed > 0) parts.push([span(`${failed} failed`, "error")]);
  if (state.startedAt !== undefined)
    parts.push([span(durationText(Math.max(0, now.getTime() - state.startedAt)))]);
  return line(0, ...joined(parts));
}

/** What is done, what is under way, what has not begun. */
function bar({ done, total, running }: ProgressState): Segment[] {
  const upTo = (count: number) => (total === 0 ? BAR : Math.floor((BAR * count) / total));
  const ended = upTo(done);
  const begun = upTo(done + running.length);
  return [
    span("━".repeat(ended), "create"),
    span("╍".repeat(begun - ended), "update"),
    span("─".repeat(BAR - begun), "dim"),
  ];
}

function runningRow(running: Running, now: Date): Row {
  const { symbol, tone, doing } = ACTION_STYLE[running.action];
  const elapsed = durationText(Math.max(0, now.getTime() - running.since));
  const message = running.message === undefined ? "" : `: ${running.message}`;
  return hanging(
    0,
    [span(`${symbol.padStart(3)} `, tone)],
    span(formatAddress(running.address), "strong"),
    span(`  ${doing}${message}  `),
    span(elapsed, "dim"),
  );
}

function waitingRow({ address }: Waiting, blockers: readonly string[]): Row {
  const more = blockers.length > 2 ? ` and ${blockers.length - 2} more` : "";
  const names = `${blockers.slice(0, 2).join(", ")}${more}`;
  return hanging(4, [], span(`${formatAddress(address)} waits for ${names}`, "dim"));
}

function blockersOf(state: ProgressState, waiting: Waiting): readonly string[] {
  if (state.running.length === 0) return [];
  return waiting.waitsFor.filter((address) => state.holdsUp(address));
}
