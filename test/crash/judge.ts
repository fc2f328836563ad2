import type { Test } from "tap";
import type { Result } from "./matrix.js";
import { faultText } from "./report.js";

/** Insists that all is as though nobody had been killed. */
export function judge(t: Test, result: Result): void {
  const { converged, orphans, duplicates, secretsLost } = result.verdict;
  const found = { converged, orphans, duplicates, secretsLost, faults: faultText(result) };
  const good = { converged: true, orphans: 0, duplicates: 0, secretsLost: 0, faults: "" };
  t.strictSame(found, good, `killed ${result.where}`);
}
