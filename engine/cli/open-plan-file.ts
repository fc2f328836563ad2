import { resolve } from "node:path";
import type { Keyring } from "../../state/keyring.js";
import { MOST_BYTES, NotReadable } from "../../state/read-whole.js";
import { OutsideError } from "../model/errors.js";
import { type PlanFile, parsePlanFile } from "./plan-file.js";
import { readInput } from "./read-input.js";
import { openPlan } from "./sealed-plan.js";
import type { World } from "./world.js";

/** Reads a plan file, or a pipe with one. Throws `plan-unreadable`, and what `openPlan` throws. */
export async function openPlanFile(world: World, path: string, keys: Keyring): Promise<PlanFile> {
  const bytes = await readPlan(resolve(world.cwd, path)).catch((cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OutsideError("plan-unreadable", `cannot read the plan ${path}: ${reason}`, {
      cause,
      ...(cause instanceof NotReadable && { help: cause.help }),
    });
  });
  if (bytes) {
    const text = await openPlan(new TextDecoder().decode(bytes), keys, path);
    return parsePlanFile(text, path);
  }
  throw new OutsideError("plan-unreadable", `cannot read the plan ${path}: there is no such file`, {
    help: "Make one with `portcullis plan --out FILE`.",
  });
}

const readPlan = (path: string) => readInput(path, { most: MOST_BYTES });
