import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { BIN } from "../helpers/cli-process.js";

/** How a run ended, and all that it has printed. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** What somebody at a terminal types, and after which words. */
export type Typed = readonly (readonly [after: string, text: string])[];

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** It runs on a terminal, which echoes what is typed as any does; both streams are one there. */
  readonly types?: Typed;
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the program as built. */
export async function runProgram(
  argv: readonly string[],
  { cwd, env, types, onStart }: ProgramOptions,
): Promise<Ran> {
  const words = [process.execPath, BIN, ...argv];
  const onTerminal = `stty cols 80 rows 40; exec ${words.map(quoted).join(" ")}`;
  const [program = "", ...rest] = types ? ["script", "-qec", onTerminal, "/dev/null"] : words;
  const child = spawn(program, rest, {
    cwd,
    env,
    stdio: [types ? "pipe" : "ignore", "pipe", "pipe"],
  });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  const waiting = [...(types ?? [])];
  let seen = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout.push(chunk);
    seen += String(chunk);
    const [next] = waiting;
    if (!next || !stripVTControlCharacters(seen).includes(next[0])) return;
    waiting.shift();
    seen = "";
    child.stdin?.write(next[1]);
  });
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  onStart?.(child);
  await once(child, "close");
  return { code: child.exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
}

/** As a word of a POSIX shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
