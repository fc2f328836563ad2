import type { Finding } from "../../model/finding.js";

/** That something was looked into. */
export function passed(step: string, summary: string): Finding {
  return { step, status: "ok", summary, facts: {} };
}

/** That something could not be looked into. */
export function unread(path: string, problem: string): Finding {
  return {
    step: "file",
    status: "warning",
    summary: `not looked into: ${problem}`,
    facts: { at: path },
    help: "Look into it by other means.",
  };
}
