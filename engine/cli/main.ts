import { CommanderError } from "commander";
import { OutsideError } from "../model/errors.js";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.js";
import { habitHint } from "./habits.js";
import { buildProgram } from "./program.js";
import type { World } from "./world.js";

/** Runs one command line; answers its exit code. Nothing is thrown. */
export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = buildProgram(world, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(world, error);
    if (error.exitCode === 0) return EXIT.ok;
    const hint = habitHint(error.code, error.message);
    if (hint !== undefined) world.stderr.write(`${hint}\n`);
    return EXIT.usage;
  }
}

/** Outside failures in plain words; anything else is a bug, told with its stack. */
async function reportFailure(world: World, error: unknown): Promise<ExitCode> {
  const { printErrorRows } = await import("./print.js");
  const { errorRows } = await import("../ui/error-rows.js");
  if (error instanceof OutsideError) {
    printErrorRows(world, errorRows(error));
    return exitCodeOf(error.code);
  }
  const { crashReport } = await import("./crash-report.js");
  world.stderr.write(crashReport(error));
  return EXIT.error;
}
