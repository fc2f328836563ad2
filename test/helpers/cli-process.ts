import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The built program. */
export const BIN = fileURLToPath(new URL("../../dist/engine/cli/bin.js", import.meta.url));

/** The program as built, as a process that can be killed. */
export interface CliProcess {
  readonly child: ChildProcess;
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** What it has printed so far, both streams. */
  readonly printed: () => string;
}

/** Starts the built program. Throws where it is not built. */
export function startCli(
  argv: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    /** Options of node itself. */
    readonly node?: readonly string[];
    /** The user as whom it runs. */
    readonly uid?: number;
    /** The largest file it may write, in blocks of `ulimit -f`. */
    readonly limit?: number;
  },
): CliProcess {
  if (!existsSync(BIN)) throw new Error("dist is missing: npm run build");
  const command = [process.execPath, ...(options.node ?? []), BIN, ...argv];
  // What tap adds writes files of its own, which such a process may not.
  const limit = `unset NODE_OPTIONS; ulimit -f ${options.limit ?? "unlimited"}; exec "$@"`;
  const isLimited = options.limit !== undefined || options.uid !== undefined;
  const [program = "", ...words] = isLimited ? ["sh", "-c", limit, "sh", ...command] : command;
  const child = spawn(program, words, {
    cwd: options.cwd,
    ...(options.uid !== undefined && { uid: options.uid }),
    env: { PATH: process.env.PATH, HOME: options.cwd, NO_COLOR: "1", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk) => chunks.push(String(chunk)));
  child.stderr.on("data", (chunk) => chunks.push(String(chunk)));
  const ended = once(child, "close").then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
  }));
  return { child, ended, printed: () => chunks.join("") };
}
