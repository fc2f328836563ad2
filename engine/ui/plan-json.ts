import { formatAddress } from "../model/address.js";
import type { Change, Plan, StateChange, Summary } from "../model/plan.js";
import type { Intent } from "../model/state.js";
import type { JsonObject } from "../model/value.js";
import { redact } from "../model/value.js";
import { attributeJson } from "./attribute-json.js";
import { cloudJson } from "./cloud-json.js";
import { diagnosticJson } from "./diagnostic-json.js";
import { driftItemJson } from "./drift-json.js";
import { FORMAT_VERSION } from "./json-format.js";
import { present } from "./present.js";

/**
 * A plan for programs: `{format_version, cloud?, state, summary, changes, drift, interrupted,
 * outputs, state_changes, diagnostics}`. Changes are in the order of apply, those without effect left out; each
 * is `{address, action, reason, file?, line?, attributes}`. Holds no secret.
 */
export function planJson(plan: Plan): JsonObject {
  return present({
    format_version: FORMAT_VERSION,
    cloud: plan.cloud && cloudJson(plan.cloud),
    state: { lineage: plan.base.lineage, serial: plan.base.serial },
    summary: summaryJson(plan.summary),
    changes: plan.changes.filter((change) => change.action !== "no-op").map(changeJson),
    drift: plan.drift.map(driftItemJson),
    interrupted: plan.interrupted.map(intentJson),
    outputs: redact(plan.outputs),
    state_changes: plan.stateChanges.map(stateChangeJson),
    diagnostics: plan.diagnostics.map(diagnosticJson),
  });
}

function changeJson(change: Change): JsonObject {
  return present({
    address: formatAddress(change.address),
    action: change.action,
    reason: change.reason,
    file: change.range?.file,
    line: change.range?.start.line,
    attributes: change.attributes.map(attributeJson),
  });
}

function stateChangeJson(change: StateChange): JsonObject {
  if (change.kind === "protection") {
    return {
      kind: "protection",
      address: formatAddress(change.address),
      prevent_destroy: change.preventDestroy,
    };
  }
  const { name, before, after } = change;
  return present({ kind: "output", name, before, after });
}

function intentJson(intent: Intent): JsonObject {
  return {
    address: formatAddress(intent.address),
    action: intent.action,
    started_at: intent.startedAt,
    run: intent.run,
  };
}

function summaryJson({ "no-op": unchanged, ...counts }: Summary): JsonObject {
  return { ...counts, unchanged };
}
