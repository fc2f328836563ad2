import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { best, type Cost } from "./command.js";
import { type Contestant, openProgram, openRaw, type Step } from "./contestant.js";
import { TUNINGS } from "./raw.js";
import { type Scenario, scenarios } from "./scenario.js";
import type { ResultRow } from "./table.js";
import { openTerraform, type Terraform } from "./terraform.js";

export interface Comparison {
  readonly cloudsFile: string;
  readonly cloud: string;
  /** The scenarios to run; none means all. */
  readonly names: readonly string[];
  readonly small: boolean;
  /** How often each is measured; the best counts, since others on the machine only ever add. */
  readonly rounds: number;
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
  { cloudsFile, cloud, rounds }: Comparison,
  folder: string,
  terraform: Terraform | undefined,
): Promise<readonly ResultRow[]> {
  const steps: readonly (Step & { readonly title: string })[] = [
    { title: "apply", raw: "create", argv: ["apply", "-auto-approve"], declared: first },
    { title: "plan, nothing to do", raw: "list", argv: ["plan"], declared: first },
    { title: change, raw: "change", argv: ["apply", "-auto-approve"], declared: changed },
    { title: "destroy", raw: "remove", argv: ["destroy", "-auto-approve"], declared: changed },
  ];
  const place = { cloudsFile, cloud, folder };
  const ours = openProgram(place);
  const scripts = await Promise.all(TUNINGS.map((tuning) => openRaw(place, first, tuning)));
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1)
    measured.push(await measureOnce(steps, ours, scripts));
  const rows = steps.map(({ title: step }, index) => {
    const at = measured.flatMap((it) => it[index] ?? []);
    const least = (whose: "ours" | "raw") => Math.min(...at.flatMap((it) => it.warm[whose]));
    return {
      scenario,
      step,
      ours: best(at.flatMap((it) => it.ours)),
      raw: quickest(at.flatMap((it) => it.raw)),
      warm: least("ours") / least("raw"),
    };
  });
  if (!terraform) return rows;
  const whole: ResultRow[] = [];
  for (const [index, { argv, declared }] of steps.entries()) {
    terraform.declare(declared);
    const row = rows[index];
    if (row) whole.push({ ...row, terraform: await terraform.run(...argv) });
  }
  return whole;
}

/** What each step took, each time. */
type Round = readonly {
  readonly ours: readonly Cost[];
  readonly raw: readonly Cost[];
  readonly warm: { readonly ours: readonly number[]; readonly raw: readonly number[] };
}[];

/**
 * All steps of one contestant before the next: neither finds in its lists what the other made. The program takes
 * its turn after each script, for whoever is measured more often has the better best.
 */
async function measureOnce(
  steps: readonly Step[],
  ours: Contestant,
  scripts: readonly Contestant[],
): Promise<Round> {
  const each = async <T>(work: (step: Step) => Promise<T>) => {
    const done: T[] = [];
    for (const step of steps) done.push(await work(step));
    return done;
  };
  const costs = { ours: [] as Cost[][], raw: [] as Cost[][] };
  const walls = { ours: [] as number[][], raw: [] as number[][] };
  for (const script of scripts) {
    for (const [whose, { process, warm }] of [
      ["raw", script],
      ["ours", ours],
    ] as const) {
      costs[whose].push(await each(process));
      walls[whose].push(await each(warm));
    }
  }
  const at = <T>(all: readonly (readonly T[])[], index: number) =>
    all.flatMap((it) => it[index] ?? []);
  return steps.map((_, index) => ({
    ours: at(costs.ours, index),
    raw: at(costs.raw, index),
    warm: { ours: at(walls.ours, index), raw: at(walls.raw, index) },
  }));
}

/** The one that took the least time, with the requests that it took. */
function quickest(costs: readonly Cost[]): Cost {
  const least = Math.min(...costs.map(({ wall }) => wall));
  return costs.find(({ wall }) => wall === least) ?? best(costs);
}
