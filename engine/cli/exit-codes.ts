import type { ErrorCode } from "../model/errors.js";

/** The exit codes of all commands. */
export const EXIT = {
  ok: 0,
  error: 1,
  /** `plan --detailed-exitcode`: there is something to do. */
  changes: 2,
  /** `drift`: somebody changed the cloud by hand. */
  drift: 3,
  /** `drift`: and the configuration has changes that were not applied. */
  driftAndChanges: 4,
  declined: 10,
  planStale: 11,
  stateLocked: 12,
  appliedInPart: 13,
  unsafe: 14,
  unauthenticated: 15,
  usage: 64,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_ERROR: Partial<Record<ErrorCode, ExitCode>> = {
  usage: EXIT.usage,
  declined: EXIT.declined,
  "plan-stale": EXIT.planStale,
  "state-stale": EXIT.planStale,
  "state-locked": EXIT.stateLocked,
  "lock-lost": EXIT.stateLocked,
  unsafe: EXIT.unsafe,
  unauthenticated: EXIT.unauthenticated,
  interrupted: EXIT.interrupted,
};

/** The exit code for a failure outside. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return BY_ERROR[code] ?? EXIT.error;
}
