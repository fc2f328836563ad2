import type { Finding } from "../model/finding.js";
import type { JsonObject } from "../model/value.js";
import { FORMAT_VERSION } from "./json-format.js";
import { present } from "./present.js";

/** A diagnosis for programs. */
export function findingsJson(findings: readonly Finding[]): JsonObject {
  return {
    format_version: FORMAT_VERSION,
    ok: findings.every((finding) => finding.status !== "failed"),
    findings: findings.map(({ step, status, summary, facts, help, code }) =>
      present({ step, status, summary, facts, help, code }),
    ),
  };
}
