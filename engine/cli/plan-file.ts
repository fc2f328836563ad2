import { scryptSync } from "node:crypto";
import { type Address, formatAddress, parseAddress } from "../model/address.js";
import { OutsideError } from "../model/errors.js";
import { readJsonText } from "../model/json-text.js";
import type { Plan } from "../model/plan.js";
import { repeatedKey } from "../model/repeated-key.js";
import {
  canonicalJson,
  isObject,
  isValueList,
  isValueObject,
  type Json,
  type JsonObject,
  Sensitive,
  type Value,
} from "../model/value.js";
import { planJson } from "../ui/plan-json.js";

const FORMAT = 1;

/** How the plan in a file was asked for. */
export interface PlanFile {
  readonly destroy: boolean;
  readonly replace: readonly Address[];
  /** The files that new secrets may take the place of, relative to the configuration's folder. */
  readonly replaceSecretFiles: readonly string[];
  readonly cloud?: string;
  readonly sandbox?: boolean;
  /** Random; keeps what the digest knows of secrets from being guessed by a table. */
  readonly salt: string;
  /** What the plan did, in short: another plan that does the same has the same. */
  readonly digest: string;
  /** Every detail of it, as `plan --verbose` shows it: a text a row. */
  readonly shown: readonly string[];
  /** As `plan --json` prints it. */
  readonly plan: JsonObject;
}

/** How a plan in a file was asked for. */
export type PlanRequest = Omit<PlanFile, "digest" | "salt" | "shown" | "plan">;

/**
 * The text of a plan file: the plan as shown, without any secret, and its digest. Applying it
 * plans anew and refuses unless the result is the same.
 */
export function formatPlanFile(
  plan: Plan,
  how: PlanRequest,
  { salt, shown }: Pick<PlanFile, "salt" | "shown">,
): string {
  const { cloud, sandbox } = how;
  const content = {
    portcullis_plan: FORMAT,
    salt,
    digest: digestOf(plan, salt),
    destroy: how.destroy,
    replace: how.replace.map(formatAddress),
    replace_secret_files: [...how.replaceSecretFiles],
    ...(cloud !== undefined && { cloud }),
    ...(sandbox !== undefined && { sandbox }),
    shown: [...shown],
    plan: planJson(plan),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Whether a text is that of a plan file, of any format, encrypted or not. */
export function isPlanFile(text: string): boolean {
  return /^\s*\{\s*"portcullis_plan"\s*:/u.test(text);
}

/** Reads a plan file. Throws `plan-unreadable`. */
export function parsePlanFile(text: string, path: string): PlanFile {
  const unreadable = (why: string) =>
    new OutsideError("plan-unreadable", `${path} is no plan of Portcullis: ${why}.`, {
      help: "Make one with `portcullis plan --out FILE`.",
    });
  const value = readJsonText(text);
  if (value === undefined) throw unreadable("it is not JSON");
  const repeated = repeatedKey(text);
  if (repeated) throw unreadable(`line ${repeated.line} has the key ${repeated.key} a second time`);
  if (!isObject(value) || value.portcullis_plan !== FORMAT)
    throw unreadable("it has another format");
  const { digest, salt, destroy, cloud, sandbox, plan } = value;
  const replace = textsOf(value.replace)?.map(parseAddress);
  const files = textsOf(value.replace_secret_files ?? []);
  const shown = textsOf(value.shown);
  const isWhole = typeof digest === "string" && typeof salt === "string";
  const areAddresses = replace?.every((it) => it !== undefined);
  const isShown = shown !== undefined && isObject(plan);
  if (!isWhole || typeof destroy !== "boolean" || !areAddresses || !files || !isShown) {
    throw unreadable("it is damaged");
  }
  return {
    digest,
    salt,
    shown,
    plan,
    destroy,
    replace: replace?.flatMap((it) => it ?? []) ?? [],
    replaceSecretFiles: files,
    ...(typeof cloud === "string" && { cloud }),
    ...(typeof sandbox === "boolean" && { sandbox }),
  };
}

function textsOf(value: unknown): readonly string[] | undefined {
  const isList = Array.isArray(value) && value.every((it) => typeof it === "string");
  return isList ? value : undefined;
}

/**
 * A digest of what a plan does, secrets included, and of the state that it was made from. It is
 * scrypt's, so that a weak secret is not guessed from it.
 */
export function digestOf(plan: Plan, salt: string): string {
  const { changes, interrupted, outputs }: JsonObject = planJson(plan);
  const { lineage, serial } = plan.base;
  // Not its address: the embedded cloud has another port each time.
  const { name, region, project, user } = plan.cloud ?? {};
  // A state that was never written gets its lineage anew each time.
  const state = serial === 0 ? [] : [lineage, serial];
  const content = canonicalJson([
    changes,
    interrupted,
    outputs,
    state,
    name,
    region,
    project?.id,
    user?.id,
    secretsOf(plan),
  ]);
  return scryptSync(content, salt, 32).toString("base64url");
}

/** The secrets that the plan's changes will write, which no view of it shows. */
function secretsOf({ changes }: Plan): readonly Json[] {
  return changes.flatMap((change) =>
    change.attributes.flatMap(({ after }) => (after === undefined ? [] : secretsIn(after))),
  );
}

function secretsIn(value: Value): readonly Json[] {
  if (value instanceof Sensitive) return [value.reveal()];
  if (isValueList(value)) return value.flatMap(secretsIn);
  return isValueObject(value) ? Object.values(value).flatMap(secretsIn) : [];
}
