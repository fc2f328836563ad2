import { formatAddress } from "../model/address.js";
import type { ApplyEvent } from "../model/event.js";
import { ACTION_STYLE } from "./action-style.js";
import { hanging, type Row, type Segment, span } from "./row.js";
import { durationText } from "./time-text.js";

/** How far an apply is, the event at hand included. */
export interface Position {
  readonly done: number;
  readonly total: number;
}

/**
 * An event as a line of a log: what CI shows, and what stays above the live picture. Errors' details
 * and notes are left to the end, where they are found again.
 */
export function eventRow(event: ApplyEvent, position: Position): Row | undefined {
  switch (event.kind) {
    case "began":
    case "ended":
      return undefined;
    case "started":
      return resourceRow(event, position, span(`${ACTION_STYLE[event.action].doing}…`));
    case "progress":
      return resourceRow(event, position, span(event.message));
    case "succeeded": {
      const { done, tone } = ACTION_STYLE[event.action];
      const elapsed = span(` in ${durationText(event.elapsed)}`);
      return resourceRow(event, position, span(done, tone), elapsed);
    }
    case "failed":
      return resourceRow(event, position, ...failureText(event));
    case "skipped":
      return resourceRow(event, position, ...skipText(event));
  }
}

type ResourceEvent = Exclude<ApplyEvent, { kind: "began" | "ended" }>;

function resourceRow(event: ResourceEvent, position: Position, ...body: readonly Segment[]): Row {
  const { done, total } = position;
  const count = `[${String(done).padStart(String(total).length)}/${total}] `;
  const address = span(formatAddress(event.address), "strong");
  return hanging(0, [span(count, "dim")], address, span(": "), ...body);
}

function failureText(event: Extract<ApplyEvent, { kind: "failed" }>): readonly Segment[] {
  const { doing } = ACTION_STYLE[event.action];
  const [message = ""] = event.error.message.split("\n");
  const after = ` after ${durationText(event.elapsed)} of ${doing}: ${message}`;
  return [span("failed", "error"), span(after)];
}

function skipText(event: Extract<ApplyEvent, { kind: "skipped" }>): readonly Segment[] {
  const cause = span(formatAddress(event.because), "strong");
  return [span("skipped", "warning"), span(", because "), cause, span(" failed")];
}
