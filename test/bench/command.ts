import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../../dist/engine/cli/bin.js", import.meta.url));

/** What a command cost: seconds and megabytes. */
export interface Cost {
  /** HTTP requests that it sent. */
  readonly requests: number;
  readonly wall: number;
  /** Of its own process alone, user and system. */
  readonly cpu: number;
  /** The most that it held at once (peak resident set). */
  readonly memory: number;
}

/** Writes the process's use of resources, and undici's requests, to the fourth stream as it ends. */
const REPORT = `data:text/javascript,${encodeURIComponent(
  `import { subscribe } from "node:diagnostics_channel";
   import { writeSync } from "node:fs";
   let requests = 0;
   subscribe("undici:request:create", () => { requests += 1; });
   process.on("exit", () =>
     writeSync(3, JSON.stringify({ requests, ...process.resourceUsage() })));`,
)}`;

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** 0 unless given. */
  readonly expected?: number;
  /** A script; the built program unless given. */
  readonly program?: string;
}

/** Runs the program, or another script. Throws where it does not end as expected. */
export async function measure(argv: readonly string[], options: CommandOptions): Promise<Cost> {
  const { cwd, env = {}, expected = 0, program = BIN } = options;
  const began = performance.now();
  const child = spawn(process.execPath, ["--import", REPORT, program, ...argv], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: "1", ...env },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const errors: string[] = [];
  const report: string[] = [];
  child.stderr?.on("data", (chunk) => errors.push(String(chunk)));
  child.stdio[3]?.on("data", (chunk) => report.push(String(chunk)));
  await once(child, "close");
  const wall = (performance.now() - began) / 1000;
  if (child.exitCode !== expected) throw new Error(`${argv.join(" ")}: ${errors.join("")}`);
  const usage: NodeJS.ResourceUsage & { requests: number } = JSON.parse(report.join(""));
  const cpu = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { requests: usage.requests, wall, cpu, memory: usage.maxRSS / 1024 };
}

/** The least of several runs, each figure for itself: what others do on the machine only ever adds. */
export function best(costs: readonly Cost[]): Cost {
  const least = (key: keyof Cost) => Math.min(...costs.map((it) => it[key]));
  return {
    requests: least("requests"),
    wall: least("wall"),
    cpu: least("cpu"),
    memory: least("memory"),
  };
}
