import { createHash } from "node:crypto";
import { type Address, formatAddress, parseAddress } from "../model/address.js";
import { OutsideError } from "../model/errors.js";
import type { Plan } from "../model/plan.js";
import { canonicalJson, isObject, type JsonObject } from "../model/value.js";
import { planJson } from "../ui/plan-json.js";

const FORMAT = 1;

/** How the plan in a file was asked for. */
export interface PlanFile {
  readonly destroy: boolean;
  readonly replace: readonly Address[];
  readonly cloud?: string;
  readonly sandbox?: boolean;
  /** What the plan did, in short: another plan that does the same has the same. */
  readonly digest: string;
}

/**
 * The text of a plan file: the plan as shown, without any secret, and its digest. Applying it
 * plans anew and refuses unless the result is the same.
 */
export function formatPlanFile(plan: Plan, how: Omit<PlanFile, "digest">): string {
  const { cloud, sandbox } = how;
  const content = {
    portcullis_plan: FORMAT,
    digest: digestOf(plan),
    destroy: how.destroy,
    replace: how.replace.map(formatAddress),
    ...(cloud !== undefined && { cloud }),
    ...(sandbox !== undefined && { sandbox }),
    plan: planJson(plan),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Reads a plan file. Throws `plan-unreadable`. */
export function parsePlanFile(text: string, path: string): PlanFile {
  const unreadable = (why: string) =>
    new OutsideError("plan-unreadable", `${path} is no plan of Portcullis: ${why}.`, {
      help: "Make one with `portcullis plan --out FILE`.",
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable("it is not JSON");
  }
  if (!isObject(value) || value.portcullis_plan !== FORMAT)
    throw unreadable("it has another format");
  const { digest, destroy, replace, cloud, sandbox } = value;
  if (typeof digest !== "string" || typeof destroy !== "boolean" || !Array.isArray(replace)) {
    throw unreadable("it is damaged");
  }
  return {
    digest,
    destroy,
    replace: replace.flatMap((it) => parseAddress(String(it)) ?? []),
    ...(typeof cloud === "string" && { cloud }),
    ...(typeof sandbox === "boolean" && { sandbox }),
  };
}

/** A digest of what a plan does and of the state that it was made from. */
export function digestOf(plan: Plan): string {
  const { changes, state, cloud }: JsonObject = planJson(plan);
  return createHash("sha256")
    .update(canonicalJson([changes, state, cloud]))
    .digest("hex");
}
