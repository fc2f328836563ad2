import { formatAddress } from "../model/address.js";
import type { ApplyEvent } from "../model/event.js";
import { ACTION_STYLE } from "./action-style.js";
import { errorRows } from "./error-rows.js";
import { hanging, line, type Row, type Segment, span } from "./row.js";
import { durationText } from "./time-text.js";

/** How far an apply is, the event at hand included. */
export interface Position {
  readonly done: number;
  readonly total: number;
}

/** An event as lines of a log: what CI shows, and what stays above the live picture. */
export function eventRows(event: ApplyEvent, position: Position): readonly Row[] {
  switch (event.kind) {
    case "began":
    case "ended":
      return [];
    case "started":
      return [eventRow(event, position, span(`${ACTION_STYLE[event.action].doing}…`))];
    case "progress":
      return [eventRow(event, position, span(event.message))];
    case "succeeded": {
      const { done, tone } = ACTION_STYLE[event.action];
      const elapsed = span(` in ${durationText(event.elapsed)}`);
      return [
        eventRow(event, position, span(done, tone), elapsed),
        ...event.notes.map((note) => line(4, span(note))),
      ];
    }
    case "failed":
      return [
        eventRow(event, position, ...failureText(event.action, event.elapsed)),
        ...errorRows(event.error).map((row) => ({ ...row, indent: row.indent + 4 })),
      ];
    case "skipped":
      return [eventRow(event, position, span("skipped", "warning"), ...because(event.because))];
  }
}

type ResourceEvent = Exclude<ApplyEvent, { kind: "began" | "ended" }>;

function eventRow(event: ResourceEvent, position: Position, ...body: readonly Segment[]): Row {
  const { done, total } = position;
  const count = `[${String(done).padStart(String(total).length)}/${total}] `;
  const address = span(formatAddress(event.address), "strong");
  return hanging(0, [span(count, "dim")], address, span(": "), ...body);
}

function failureText(action: ResourceAction, elapsed: number): readonly Segment[] {
  const { doing } = ACTION_STYLE[action];
  return [span("failed", "error"), span(` after ${durationText(elapsed)} of ${doing}`)];
}

type ResourceAction = keyof typeof ACTION_STYLE;

function because(address: Extract<ApplyEvent, { kind: "skipped" }>["because"]) {
  return [span(", because "), span(formatAddress(address), "strong"), span(" failed")];
}
