import { OutsideError } from "../model/errors.js";
import { errorRows } from "../ui/error-rows.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { printErrorRows } from "./print.js";
import type { StopSignal, World } from "./world.js";

/** As shells count: 128 and the signal's number. */
const EXIT_BY_SIGNAL: Readonly<Record<StopSignal, ExitCode>> = {
  SIGHUP: EXIT.hungUp,
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
};

/** What Ctrl-C, SIGTERM and SIGHUP do to a run that may change something. */
export interface Interrupts {
  /** Aborted at the first signal. */
  readonly signal: AbortSignal;
  /** The exit code where a signal came. */
  readonly exitCode: () => ExitCode | undefined;
  /** Waits for work that can be left as it is: throws `interrupted` at the first signal. */
  orLeave<T>(work: Promise<T>): Promise<T>;
  /** From now on what runs is to be finished: a signal no longer ends `orLeave`. Throws where one came. */
  begin(): void;
}

/**
 * Runs something that watches for signals. The first ends it in good order, a second one the whole
 * process at once; what was begun is in the state then.
 */
export async function interruptible(
  world: World,
  run: (interrupts: Interrupts) => Promise<ExitCode>,
): Promise<ExitCode> {
  const controller = new AbortController();
  const { signal } = controller;
  let code: ExitCode | undefined;
  let begun = false;
  const stop = world.onSignal((name) => {
    if (code !== undefined) {
      // Shells and terminals send SIGHUP twice; nobody is impatient there.
      if (name !== "SIGHUP") world.leave(code);
      return;
    }
    code = EXIT_BY_SIGNAL[name];
    controller.abort();
  });
  try {
    return await run({
      signal,
      exitCode: () => code,
      orLeave: (work) => Promise.race([work, interruption(signal, () => begun)]),
      begin: () => {
        if (signal.aborted) throw interrupted();
        begun = true;
      },
    });
  } catch (error) {
    const isLeft = error instanceof OutsideError && error.code === "interrupted";
    if (code === undefined || !isLeft) throw error;
    printErrorRows(world, errorRows(error));
    // What was left may still wait for an answer.
    world.leave(code);
    return code;
  } finally {
    stop();
  }
}

function interruption(signal: AbortSignal, begun: () => boolean): Promise<never> {
  return new Promise((_, reject) => {
    const leave = () => {
      if (!begun()) reject(interrupted());
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}

function interrupted(): OutsideError {
  return new OutsideError("interrupted", "Interrupted; nothing was changed.");
}
