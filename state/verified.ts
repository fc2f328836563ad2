import type { Finding } from "../engine/model/finding.js";
import type { JsonObject } from "../engine/model/value.js";

/** The remedy of what can be mended. */
export const REPAIR = "portcullis state repair";

/** Something that is as it should be. */
export function ok(step: string, summary: string, facts: JsonObject = {}): Finding {
  return { step, status: "ok", summary, facts };
}

/** Something that is not, and its remedy. */
export function failed(
  step: string,
  summary: string,
  help: string,
  facts: JsonObject = {},
): Finding {
  return { step, status: "failed", summary, facts, help };
}
