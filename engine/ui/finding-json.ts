import type { Finding } from "../model/finding.js";
import type { JsonObject } from "../model/value.js";
import { present } from "./present.js";

/** A diagnosis for programs. */
export function findingsJson(findings: readonly Finding[]): JsonObject {
  return {
    ok: findings.every((finding) => finding.status !== "failed"),
    findings: findings.map(({ step, status, summary, facts, help, code }) =>
      present({ step, status, summary, facts, help, code }),
    ),
  };
}
