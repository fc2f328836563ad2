import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rawSession } from "../helpers/raw-client.js";
import { type Cost, measure } from "./command.js";
import type { Declared } from "./scenario.js";

const SCRIPT = fileURLToPath(new URL("raw.mjs", import.meta.url));

export type RawStep = "create" | "list" | "change" | "remove";

export interface RawOptions {
  readonly cloudsFile: string;
  readonly cloud: string;
  /** Where its folder is made. */
  readonly folder: string;
  readonly declared: Declared;
}

/** Does a step by plain requests, in a process of its own. */
export async function openRaw({
  cloudsFile,
  cloud,
  folder,
  declared,
}: RawOptions): Promise<(step: RawStep) => Promise<Cost>> {
  const { login } = await rawSession(cloudsFile, cloud);
  const cwd = mkdtempSync(join(folder, "raw-"));
  const file = join(cwd, "raw.json");
  writeFileSync(file, JSON.stringify({ login, declared, made: {} }));
  return (step) => measure([file, step], { cwd, program: SCRIPT });
}
