import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { best, type Cost, measure } from "./command.js";
import { openRaw, type RawStep } from "./raw-script.js";
import { type Scenario, scenarios } from "./scenario.js";
import type { ResultRow } from "./table.js";
import { openTerraform, type Terraform } from "./terraform.js";
import { writeYaml } from "./write-yaml.js";

export interface Comparison {
  readonly cloudsFile: string;
  readonly cloud: string;
  /** The scenarios to run; none means all. */
  readonly names: readonly string[];
  readonly small: boolean;
  /** Terraform's environment, with its PATH; absent where it is not to be measured. */
  readonly terraform?: NodeJS.ProcessEnv;
  /** Told as each scenario begins. */
  readonly tell: (line: string) => void;
}

export interface Result {
  readonly rows: readonly ResultRow[];
  /** Why Terraform was not measured. */
  readonly skipped?: string;
}

/** Portcullis, a script of plain requests, and Terraform where it is there, one after the other. */
export async function compareAll(comparison: Comparison): Promise<Result> {
  const { names, small, tell } = comparison;
  const tag = `bench-${randomUUID().slice(0, 8)}`;
  const chosen = Object.entries(scenarios(tag, { small })).filter(
    ([name]) => names.length === 0 || names.includes(name),
  );
  const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
  try {
    const terraform = await rivalOf(comparison, folder);
    const rival = "skipped" in terraform ? undefined : terraform;
    const rows: ResultRow[] = [];
    for (const [name, scenario] of chosen) {
      tell(`${name}...`);
      rows.push(...(await compare(scenario, comparison, folder, rival)));
    }
    await rival?.close();
    return { rows, ...("skipped" in terraform && { skipped: terraform.skipped }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rivalOf(
  { cloudsFile, cloud, terraform: env }: Comparison,
  folder: string,
): Promise<Terraform | { readonly skipped: string }> {
  if (!env) return { skipped: "it was not asked for" };
  return openTerraform({ cloudsFile, cloud, folder, env });
}

async function compare(
  { title: scenario, change, first, changed }: Scenario,
  { cloudsFile, cloud }: Comparison,
  folder: string,
  terraform: Terraform | undefined,
): Promise<readonly ResultRow[]> {
  const steps = [
    ["apply", "create", ["apply", "-auto-approve"], first],
    ["plan, nothing to do", "list", ["plan"], first],
    [change, "change", ["apply", "-auto-approve"], changed],
    ["destroy", "remove", ["destroy", "-auto-approve"], changed],
  ] as const;
  // One after the other, so that neither finds in its lists what the other made.
  const raw = await openRaw({ cloudsFile, cloud, folder, declared: first });
  const plain: Cost[] = [];
  for (const [, step] of steps) plain.push(await best(timesOf(step), () => raw(step)));
  const cwd = mkdtempSync(join(folder, "work-"));
  const env = { OS_CLIENT_CONFIG_FILE: cloudsFile };
  const rows: ResultRow[] = [];
  for (const [index, [title, step, argv, declared]] of steps.entries()) {
    writeFileSync(join(cwd, "main.yaml"), writeYaml(declared));
    const line = [...argv.map((it) => it.replace(/^-/u, "--")), "--cloud", cloud];
    const ours = await best(timesOf(step), () => measure(line, { cwd, env }));
    const its = plain[index];
    if (its) rows.push({ scenario, step: title, ours, raw: its });
  }
  if (!terraform) return rows;
  const whole: ResultRow[] = [];
  for (const [index, [, , argv, declared]] of steps.entries()) {
    terraform.declare(declared);
    const row = rows[index];
    if (row) whole.push({ ...row, terraform: await terraform.run(...argv) });
  }
  return whole;
}

/** What changes nothing can be done again. */
function timesOf(step: RawStep): number {
  return step === "list" ? 3 : 1;
}
