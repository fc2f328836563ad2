import { type ChildProcess, spawn } from "node:child_process";
import { OutsideError } from "../model/errors.js";
import { atExit } from "./at-exit.js";
import type { World } from "./world.js";

/** How long a command may take to print a passphrase, in milliseconds: somebody may be asked for another. */
const TIME_LIMIT = 60_000;
/** The longest passphrase of a file or a command, in bytes. */
export const MOST_BYTES = 10_000;

/** A command that prints a passphrase. */
export interface PassphraseCommand extends Pick<World, "cwd" | "env"> {
  /** A JSON list of words, or words with blanks between them. */
  readonly command: string;
  /** The variable that names it. */
  readonly variable: string;
}

/**
 * What a program prints. It may ask on the terminal, so Ctrl-C is the program's too; no shell comes between.
 * Throws `file-error` where it fails, prints too much or does not end in time; `usage` for no words.
 */
export function passphraseFrom(
  { command, variable, cwd, env }: PassphraseCommand,
  timeLimit: number = TIME_LIMIT,
): Promise<string> {
  const [program = "", ...argv] = wordsOf(variable, command);
  return new Promise((settle, reject) => {
    const child = spawn(program, argv, {
      cwd,
      env: { ...env },
      stdio: ["inherit", "pipe", "inherit"],
    });
    const unbind = atExit(() => child.kill("SIGKILL"));
    const fail = (why: string) => {
      clearTimeout(timer);
      leave(child);
      reject(
        new OutsideError("file-error", `the command of ${variable} (${program}) ${why}`, {
          help: "Run it by hand: it must print the passphrase and exit with 0.",
        }),
      );
    };
    const timer = setTimeout(() => fail(`has not ended within ${timeLimit / 1000} s`), timeLimit);
    const chunks: Buffer[] = [];
    let length = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST_BYTES) fail(`prints more than ${MOST_BYTES} bytes`);
    });
    child.once("exit", unbind);
    child.once("error", (error) => {
      unbind();
      fail(`could not be started: ${error.message}`);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) settle(Buffer.concat(chunks).toString("utf8"));
      else fail(code === null ? `ended by ${signal}` : `exited with ${code}`);
    });
  });
}

/** Asks a program to end, which may have the terminal to set right, and waits for it no longer. */
function leave(child: ChildProcess): void {
  child.kill("SIGTERM");
  child.stdout?.destroy();
  child.unref();
}

function wordsOf(variable: string, command: string): readonly string[] {
  if (!command.trimStart().startsWith("[")) return command.trim().split(/\s+/u);
  const words = parsed(command);
  if (Array.isArray(words) && words.length > 0 && words.every((it) => typeof it === "string"))
    return words;
  throw new OutsideError("usage", `${variable} is no JSON list of words.`, {
    help: `Write ["pass", "show", "portcullis"], or pass show portcullis.`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
