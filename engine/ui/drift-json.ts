import { formatAddress } from "../model/address.js";
import type { Drift, Plan } from "../model/plan.js";
import type { JsonObject } from "../model/value.js";
import { attributeJson } from "./attribute-json.js";
import { cloudJson } from "./cloud-json.js";
import { diagnosticJson } from "./diagnostic-json.js";
import { FORMAT_VERSION } from "./json-format.js";
import { present } from "./present.js";

/**
 * The drift of a plan for programs: `{format_version, cloud?, summary: {changed, deleted, obsolete},
 * unapplied_changes, drift, diagnostics}`, where `unapplied_changes` counts what the configuration
 * changes besides. `before` is what the state remembers, `after` what the cloud has. Holds no secret.
 */
export function driftJson(plan: Plan, unapplied: number): JsonObject {
  const count = (kind: Drift["kind"]) => plan.drift.filter((it) => it.kind === kind).length;
  return present({
    format_version: FORMAT_VERSION,
    cloud: plan.cloud && cloudJson(plan.cloud),
    summary: {
      changed: count("changed"),
      deleted: count("deleted"),
      obsolete: count("obsolete"),
    },
    unapplied_changes: unapplied,
    drift: plan.drift.map(driftItemJson),
    diagnostics: plan.diagnostics.map(diagnosticJson),
  });
}

/** `{address, kind, reason?, file?, line?, updated_at?, attributes}`. */
export function driftItemJson(drift: Drift): JsonObject {
  return present({
    address: formatAddress(drift.address),
    kind: drift.kind,
    reason: drift.reason,
    file: drift.range?.file,
    line: drift.range?.start.line,
    updated_at: drift.updatedAt,
    attributes: drift.attributes.map(attributeJson),
  });
}
