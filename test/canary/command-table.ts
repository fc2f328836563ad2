import type { Command } from "commander";
import { buildProgram } from "../../engine/cli/program.js";
import { systemRuntime } from "../../engine/cli/runtime.js";

/** Every command that the program has, as it is typed. */
export function commandTable(): readonly string[] {
  const { env, stdin, stdout, stderr } = process;
  const program = buildProgram(
    {
      env,
      cwd: "/",
      stdin,
      stdout,
      stderr,
      process: { pid: 1, host: "", user: "", command: "" },
      runtime: (folder) => systemRuntime({ folder, env }),
      onSignal: () => () => {},
      leave: () => {},
    },
    () => {},
  );
  return ["help", ...program.commands.flatMap((it) => linesOf(it, ""))];
}

function linesOf(command: Command, before: string): readonly string[] {
  const name = `${before}${command.name()}`;
  return [name, ...command.commands.flatMap((it) => linesOf(it, `${name} `))];
}

/** The command of the table that a command line is of: the longest that fits. */
export function commandOf(argv: readonly string[], table: readonly string[]): string | undefined {
  const [two, one] = [argv.slice(0, 2).join(" "), argv[0]];
  return [two, one].find((it) => it !== undefined && table.includes(it));
}
