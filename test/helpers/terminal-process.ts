import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { BIN } from "./cli-process.js";

/** `script` of util-linux, which runs a command on a terminal of its own. */
const hasTerminal = /util-linux/u.test(spawnSync("script", ["--version"]).stdout?.toString() ?? "");

/** Why nothing can be run on a terminal here; false where it can. */
export const noTerminal = hasTerminal && existsSync(BIN) ? false : "needs util-linux and a build";

/** The program as built, on a terminal. */
export interface TerminalProcess {
  /** The terminal: where it is killed, the terminal is closed. */
  readonly terminal: ChildProcess;
  readonly ended: Promise<number | null>;
  /** The program's own process, once it has been started. */
  pid(): number;
  type(text: string): void;
  /** Resolves once these words stand on the terminal; rejects where it ends without. */
  shown(words: string): Promise<void>;
  text(): string;
}

/** Runs the built program on a terminal of 80 columns. */
export function startOnTerminal(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): TerminalProcess {
  const program = [process.execPath, BIN, ...argv].map((it) => `'${it}'`).join(" ");
  const command = `stty cols 80 rows 40 -echo; echo "pid=$$"; exec ${program}`;
  const terminal = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, HOME: options.cwd, TERM: "xterm-256color", ...options.env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let raw = "";
  let isOver = false;
  terminal.stdout.on("data", (chunk) => {
    raw += String(chunk);
  });
  const ended = once(terminal, "close").then(() => {
    isOver = true;
    return terminal.exitCode;
  });
  const text = () => stripVTControlCharacters(raw);
  return {
    terminal,
    ended,
    text,
    pid: () => Number(/pid=(\d+)/u.exec(raw)?.[1]),
    type: (typed) => terminal.stdin.write(typed),
    shown: async (words) => {
      while (!text().includes(words)) {
        if (isOver) throw new Error(`it ended without ${JSON.stringify(words)}:\n${text()}`);
        await Promise.race([once(terminal.stdout, "data"), ended]);
      }
    },
  };
}
