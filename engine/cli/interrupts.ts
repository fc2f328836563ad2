import { line, span } from "../ui/row.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { printErrorRows } from "./print.js";
import type { World } from "./world.js";

/** Watches for Ctrl-C and SIGTERM: the first ends the work in good order. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** The exit code where a signal came. */
  readonly exitCode: () => ExitCode | undefined;
  stop(): void;
}

/** Begins to watch. A second signal ends the process at once; what was begun is in the state. */
export function watchInterrupts(world: World): Interrupts {
  const controller = new AbortController();
  let code: ExitCode | undefined;
  const stop = world.onSignal((signal) => {
    if (code !== undefined) return world.leave(code);
    code = signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    const text =
      "Interrupted: finishing what is under way, starting nothing new. Again to stop at once.";
    printErrorRows(world, [line(0, span(text, "warning"))]);
    controller.abort();
  });
  return { signal: controller.signal, exitCode: () => code, stop };
}
