import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.js";

/** Says with which exit code a command ended. */
export type Ended = (code: ExitCode) => void;

/** Adds a command, with a summary and with examples in its help. */
export type Add = (name: string, summary: string, example: string) => Command;

/** Adds commands below a command. */
export function adder(parent: Command): Add {
  return (name, summary, example) =>
    parent
      .command(name)
      .description(summary)
      .addHelpText("after", `\nExamples:\n${indented(example)}`);
}

function indented(lines: string): string {
  return lines
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
