import { formatAddress } from "../model/address.js";
import type { Change, Drift, Plan } from "../model/plan.js";
import { formatRange, type SourceFile } from "../model/source.js";
import { ACTION_STYLE } from "./action-style.js";
import { attributeRows } from "./attribute-rows.js";
import type { Detail } from "./attribute-text.js";
import { cloudSegments } from "./cloud-text.js";
import { diagnosticRows } from "./diagnostic-text.js";
import { hanging, joined, line, type Row, type Segment, span, stacked, type Tone } from "./row.js";
import { momentText } from "./time-text.js";

export interface DriftRowsOptions extends Detail {
  /** How many changes of the configuration are not applied besides. */
  readonly unapplied?: number;
  /** To say how long ago something was. */
  readonly now: Date;
  /** To quote the lines that diagnostics are about. */
  readonly files?: readonly SourceFile[];
}

const INSIDE = 6;

/** The picture of `portcullis drift`: what was changed by hand, and what apply would make of it. */
export function driftRows(plan: Plan, options: DriftRowsOptions): readonly Row[] {
  const tone: Tone = plan.drift.length > 0 ? "warning" : "create";
  const head = [line(0, ...headline(plan, tone))];
  if (plan.cloud) head.unshift(line(0, ...cloudSegments(plan.cloud)));
  const actions = new Map(plan.changes.map((change) => [formatAddress(change.address), change]));
  return stacked([
    head.map((row) => ({ ...row, frame: tone })),
    diagnosticRows(plan.diagnostics, options.files ?? []),
    ...plan.drift.map((drift) => [
      ...driftItemRows(drift, options),
      ...outlook(actions.get(formatAddress(drift.address))),
    ]),
    unappliedRows(options.unapplied ?? 0),
  ]);
}

function unappliedRows(count: number): readonly Row[] {
  if (count === 0) return [];
  const what =
    count === 1 ? "1 change of the configuration is" : `${count} changes of the configuration are`;
  return [line(0, span(`${what} not applied besides: portcullis plan shows them.`, "note"))];
}

/** One resource that was changed or removed outside, or is of no use any more. */
export function driftItemRows(drift: Drift, options: DriftRowsOptions): readonly Row[] {
  const { symbol, tone } = ACTION_STYLE[drift.kind === "deleted" ? "delete" : "update"];
  const parts: Segment[][] = [[span(drift.reason ?? `${drift.kind} outside`, tone)]];
  if (drift.updatedAt !== undefined)
    parts.push([span(`last changed ${momentText(drift.updatedAt, options.now)}`)]);
  if (drift.range) parts.push([span(formatRange(drift.range), "dim")]);
  const lead = [span(`${symbol.padStart(3)} `, tone)];
  const address = span(formatAddress(drift.address), "strong");
  return [
    hanging(0, lead, address, span("  "), ...joined(parts)),
    ...attributeRows(drift.kind === "deleted" ? [] : drift.attributes, INSIDE, {
      verbose: options.verbose,
      ...(drift.range && { near: drift.range }),
    }),
  ];
}

function headline(plan: Plan, tone: Tone): readonly Segment[] {
  const changed = plan.drift.filter((drift) => drift.kind === "changed").length;
  const deleted = plan.drift.filter((drift) => drift.kind === "deleted").length;
  const obsolete = plan.drift.length - changed - deleted;
  if (plan.drift.length === 0)
    return [span("No drift.", tone), span(" Nothing was changed outside of Portcullis.")];
  const counts = [
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
  ];
  const outside = counts.length > 0 ? [`${counts.join(", ")} outside of Portcullis`] : [];
  const useless = obsolete > 0 ? [`${obsolete} no longer of use`] : [];
  return [span("Drift: ", tone), span([...outside, ...useless].join("; "))];
}

/** What the configuration has to say about it. */
function outlook(change: Change | undefined): readonly Row[] {
  if (change === undefined) return [];
  const text =
    change.action === "no-op"
      ? "the configuration agrees with the cloud: apply only takes note of it"
      : `apply would ${ACTION_STYLE[change.action].verb} it: ${change.reason}`;
  return [hanging(INSIDE, [span("→ ", "dim")], span(text, "dim"))];
}
