import { formatAddress } from "../model/address.js";
import type { Plan } from "../model/plan.js";
import type { Intent } from "../model/state.js";
import { ACTION_STYLE } from "./action-style.js";
import { changesRows } from "./changes-rows.js";
import { cloudSegments } from "./cloud-text.js";
import { briefDiagnosticRow, diagnosticRows } from "./diagnostic-text.js";
import { type DriftRowsOptions, driftItemRows } from "./drift-rows.js";
import { outputRows } from "./output-rows.js";
import { hanging, line, type Row, span, stacked } from "./row.js";
import { stateChangeRows } from "./state-change-rows.js";
import { pendingCount, pendingSegments, summaryTone } from "./summary-text.js";
import { momentText } from "./time-text.js";

export type PlanRowsOptions = DriftRowsOptions;

/** Diagnostics shown whole, and drifted resources shown at all. */
const FEW = 5;
/** Warnings shown on a row each. */
const BRIEF = 10;
/** Rows after which the summary has left the screen and is said again. */
const SCREEN = 24;

/** The picture of a plan: summary, warnings, what others did, then the changes. */
export function planRows(plan: Plan, options: PlanRowsOptions): readonly Row[] {
  const body = stacked([
    diagnosticSection(plan, options),
    interruptedRows(plan.interrupted, options.now),
    driftSection(plan, options),
    changesRows(plan.changes, options),
    stateChangeRows(plan.stateChanges),
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
  if (plan.stateChanges.length > 0) {
    return [span("Plan: ", "strong"), span("nothing to change in the cloud; the state changes")];
  }
  return [span("No changes.", "create"), span(rest)];
}

/** A few warnings are shown whole, of many each is a row, of very many the first. */
function diagnosticSection({ diagnostics }: Plan, options: PlanRowsOptions): readonly Row[] {
  const files = options.files ?? [];
  if (options.verbose || diagnostics.length <= FEW) return diagnosticRows(diagnostics, files);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  const shown = warnings.slice(0, BRIEF);
  const more = warnings.length - shown.length;
  const rest =
    more > 0 ? `${more} more warnings, --verbose shows them.` : "--verbose explains them.";
  return stacked([
    diagnosticRows(errors, files),
    [...shown.map(briefDiagnosticRow), line(0, span(rest, "dim"))],
  ]);
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
