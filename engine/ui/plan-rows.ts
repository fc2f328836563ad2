import { formatAddress } from "../model/address.js";
import type { Plan } from "../model/plan.js";
import type { Intent } from "../model/state.js";
import { ACTION_STYLE } from "./action-style.js";
import { changesRows } from "./changes-rows.js";
import { cloudSegments } from "./cloud-text.js";
import { diagnosticRows } from "./diagnostic-text.js";
import { type DriftRowsOptions, driftItemRows } from "./drift-rows.js";
import { outputRows } from "./output-rows.js";
import { hanging, line, type Row, span, stacked } from "./row.js";
import { pendingCount, pendingSegments, summaryTone } from "./summary-text.js";
import { momentText } from "./time-text.js";

export type PlanRowsOptions = DriftRowsOptions;

/** Drifted resources and diagnostics shown whole; of more, so many are. */
const FEW = 5;
/** Rows after which the summary has left the screen and is said again. */
const SCREEN = 24;

/** The picture of a plan: summary, warnings, what others did, then the changes. */
export function planRows(plan: Plan, options: PlanRowsOptions): readonly Row[] {
  const body = stacked([
    diagnosticSection(plan, options),
    interruptedRows(plan.interrupted, options.now),
    driftSection(plan, options),
    changesRows(plan.changes, options),
    options.verbose ? outputRows(plan.outputs) : [],
  ]);
  const pending = pendingCount(plan.summary) > 0;
  const again = pending && body.length > SCREEN ? [line(0, ...summarySegments(plan))] : [];
  return stacked([headRows(plan), body, again]);
}

function headRows(plan: Plan): readonly Row[] {
  const frame = summaryTone(plan.summary);
  const rows = [line(0, ...summarySegments(plan))];
  if (plan.cloud) rows.unshift(line(0, ...cloudSegments(plan.cloud)));
  return rows.map((row) => ({ ...row, frame }));
}

function summarySegments(plan: Plan) {
  const unchanged = plan.summary["no-op"];
  const pending = pendingSegments(plan.summary);
  if (pending.length > 0) {
    const rest = unchanged > 0 ? `; ${unchanged} unchanged` : "";
    return [span("Plan: ", "strong"), ...pending, span(rest, "dim")];
  }
  const rest =
    unchanged === 0
      ? " Nothing is declared and nothing is managed."
      : ` The cloud matches the configuration (${unchanged} resource${unchanged === 1 ? "" : "s"}).`;
  return [span("No changes.", "create"), span(rest)];
}

function diagnosticSection(plan: Plan, options: PlanRowsOptions): readonly Row[] {
  const shown = options.verbose ? plan.diagnostics : firstWarnings(plan);
  const more = plan.diagnostics.length - shown.length;
  const rest =
    more > 0 ? [line(0, span(`${more} more warnings, --verbose shows them.`, "dim"))] : [];
  return stacked([diagnosticRows(shown, options.files ?? []), rest]);
}

/** Every error, and of the warnings the first few. */
function firstWarnings(plan: Plan): Plan["diagnostics"] {
  const warnings = plan.diagnostics.filter((diagnostic) => diagnostic.severity === "warning");
  const left = new Set(warnings.slice(FEW));
  return plan.diagnostics.filter((diagnostic) => !left.has(diagnostic));
}

function interruptedRows(intents: readonly Intent[], now: Date): readonly Row[] {
  if (intents.length === 0) return [];
  return [
    line(
      0,
      span("An earlier run was interrupted here. This plan settles what it left:", "warning"),
    ),
    ...intents.map((intent) =>
      hanging(
        0,
        [span("  ? ", "warning")],
        span(formatAddress(intent.address), "strong"),
        span(`  ${ACTION_STYLE[intent.action].verb} begun ${momentText(intent.startedAt, now)}`),
      ),
    ),
  ];
}

function driftSection(plan: Plan, options: PlanRowsOptions): readonly Row[] {
  if (plan.drift.length === 0) return [];
  const shown = options.verbose ? plan.drift : plan.drift.slice(0, FEW);
  const more = plan.drift.length - shown.length;
  return [
    line(0, span("Changed outside of Portcullis since the last run:", "warning")),
    ...shown.flatMap((drift) => driftItemRows(drift, options)),
    ...(more > 0 ? [line(4, span(`${more} more, portcullis drift shows them`, "dim"))] : []),
  ];
}
