import { OutsideError } from "../../../engine/model/errors.js";
import type { Finding } from "../../../engine/model/finding.js";
import type { JsonObject } from "../../../engine/model/value.js";

/** A step's result, or the finding that it failed. */
export type Tried<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly finding: Finding };

/** Tries a step; a failure outside becomes its finding. */
export async function tried<T>(
  step: string,
  task: () => T | Promise<T>,
  facts: JsonObject = {},
): Promise<Tried<T>> {
  try {
    return { kind: "done", value: await task() };
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const { code, message, help } = error;
    const finding: Finding = { step, status: "failed", summary: message, facts, code };
    return { kind: "failed", finding: help === undefined ? finding : { ...finding, help } };
  }
}

/** A finding of a step that went well, with the warning that is due all the same. */
export function found(
  step: string,
  summary: string,
  facts: JsonObject,
  warning?: { readonly summary: string; readonly help: string },
): Finding {
  if (!warning) return { step, status: "ok", summary, facts };
  const whole = `${summary}, but ${warning.summary}`;
  return { step, status: "warning", summary: whole, facts, help: warning.help };
}
