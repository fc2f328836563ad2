import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCloudProcess } from "./cloud.js";
import { best, type Cost, measure } from "./command.js";
import { LARGE_GROUP, THOUSAND } from "./configurations.js";
import { planNothing } from "./engine-alone.js";

const EXAMPLE = fileURLToPath(new URL("../../examples/06-three-tier/", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
try {
  await smallCommands();
  await onCloud("1,000 resources", THOUSAND);
  await onCloud("a group with 1,000 rules", LARGE_GROUP);
  await engineAlone();
} finally {
  rmSync(folder, { recursive: true });
}

async function smallCommands(): Promise<void> {
  const cwd = join(folder, "example");
  cpSync(EXAMPLE, cwd, { recursive: true });
  heading("Small commands, best of 5");
  for (const argv of [["--help"], ["validate"]]) {
    row(argv.join(" "), await repeated(5, () => measure(argv, { cwd })));
  }
}

/** The program's own cost; the embedded cloud runs in another process, on the same machine. */
async function onCloud(name: string, yaml: string): Promise<void> {
  const cwd = mkdtempSync(join(folder, "work-"));
  for (const subfolder of ["keys", "robots"]) mkdirSync(join(cwd, subfolder));
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const cloud = await startCloudProcess(mkdtempSync(join(folder, "cloud-")));
  const run = (...argv: readonly string[]) =>
    measure([...argv, "--cloud", "sandbox"], { cwd, env: cloud.env });
  try {
    heading(name);
    row("plan, everything to make", await run("plan"));
    row("apply", await run("apply", "--auto-approve"));
    row("plan, nothing to do (best of 3)", await repeated(3, () => run("plan")));
    row("drift (best of 3)", await repeated(3, () => run("drift")));
    row("destroy", await run("destroy", "--auto-approve"));
  } finally {
    cloud.stop();
  }
}

async function repeated(times: number, run: () => Promise<Cost>): Promise<Cost> {
  const costs: Cost[] = [];
  for (let index = 0; index < times; index += 1) costs.push(await run());
  return best(costs);
}

async function engineAlone(): Promise<void> {
  print("\n### The engine alone, nothing to do\n");
  print("| resources | read, CPU s | plan, CPU s | per resource, against 1,000 |");
  print("|---:|---:|---:|---:|");
  let first: number | undefined;
  await planNothing(1000);
  for (const count of [1000, 5000, 10_000]) {
    const { load, plan } = await planNothing(count);
    const each = (load + plan) / count;
    first ??= each;
    print(`| ${count} | ${load.toFixed(2)} | ${plan.toFixed(2)} | ${(each / first).toFixed(2)} |`);
  }
}

function heading(text: string): void {
  print(`\n### ${text}\n`);
  print("| command | wall s | CPU s | memory MB |");
  print("|---|---:|---:|---:|");
}

function row(command: string, { wall, cpu, memory }: Cost): void {
  print(`| ${command} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} |`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
