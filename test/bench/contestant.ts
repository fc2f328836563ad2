import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { runCli } from "../helpers/cli.js";
import { rawSession } from "../helpers/raw-client.js";
import { type Cost, measure as measureProcess } from "./command.js";
import { measure } from "./measure.js";
import { type RawFile, type RawStep, rawStep, type Tuning } from "./raw.js";
import type { Declared } from "./scenario.js";
import { writeYaml } from "./write-yaml.js";

/** Who does a step: as a process of its own, or in one that runs already (then only wall is known). */
export interface Contestant {
  process(step: Step): Promise<Cost>;
  warm(step: Step): Promise<number>;
}

export interface Step {
  readonly raw: RawStep;
  /** A command line, as Terraform spells it. */
  readonly argv: readonly string[];
  readonly declared: Declared;
}

export interface Place {
  readonly cloudsFile: string;
  readonly cloud: string;
  /** Where its folder is made. */
  readonly folder: string;
}

/** This program. */
export function openProgram({ cloudsFile, cloud, folder }: Place): Contestant {
  const cwd = mkdtempSync(join(folder, "work-"));
  const env = { OS_CLIENT_CONFIG_FILE: cloudsFile };
  const begin = ({ argv, declared }: Step) => {
    writeFileSync(join(cwd, "main.yaml"), writeYaml(declared));
    return [...argv.map((it) => it.replace(/^-/u, "--")), "--cloud", cloud];
  };
  return {
    process: (step) => measureProcess(begin(step), { cwd, env }),
    warm: async (step) => {
      const argv = begin(step);
      const { wall } = await measure(async () => {
        const { code, stderr } = await runCli(argv, { cwd, env });
        if (code !== 0) throw new Error(`${argv.join(" ")}: ${stderr}`);
      });
      return wall;
    },
  };
}

/** A script of plain requests. */
export async function openRaw(
  { cloudsFile, cloud, folder }: Place,
  declared: Declared,
  tuning: Tuning,
): Promise<Contestant> {
  const { login } = await rawSession(cloudsFile, cloud);
  const cwd = mkdtempSync(join(folder, "raw-"));
  const file = join(cwd, "raw.json");
  const content: RawFile = { login, declared, tuning, made: {} };
  writeFileSync(file, JSON.stringify(content));
  const program = join(cwd, "raw.mjs");
  buildSync({
    entryPoints: [fileURLToPath(new URL("raw-main.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: program,
  });
  return {
    process: ({ raw }) => measureProcess([file, raw], { cwd, program }),
    warm: async ({ raw }) => (await measure(() => rawStep(file, raw))).wall,
  };
}
