import type { ApplyEvent } from "../model/event.js";
import type { Plan } from "../model/plan.js";
import { eventRow } from "../ui/event-text.js";
import { plainText } from "../ui/plain-text.js";
import { ProgressState } from "../ui/progress-state.js";
import { line, type Row, span } from "../ui/row.js";
import { printErrorRows } from "./print.js";
import { lookOf, type World } from "./world.js";

/** Shows what happens while a plan is applied. */
export interface Progress {
  readonly on: (event: ApplyEvent) => void;
  stop(): void;
}

const FINISHING = line(
  0,
  span(
    "Interrupted: finishing what is under way, starting nothing new. Again to stop at once.",
    "warning",
  ),
);

export interface ReportOptions {
  /** Aborted by an interruption. */
  readonly signal: AbortSignal;
  /** Whether other things are written to standard error meanwhile, which would spoil a picture. */
  readonly beside: boolean;
}

/**
 * A live picture on a terminal; a line for each thing that happens elsewhere. An interruption is
 * acknowledged at once.
 */
export async function reportEvents(
  world: World,
  plan: Plan,
  { signal, beside }: ReportOptions,
): Promise<Progress> {
  const reporter = await startReporter(world, plan, beside && world.stderr.isTTY === true);
  const acknowledge = () => reporter.say(FINISHING);
  if (signal.aborted) acknowledge();
  signal.addEventListener("abort", acknowledge, { once: true });
  return {
    on: reporter.on,
    stop: () => {
      signal.removeEventListener("abort", acknowledge);
      reporter.stop();
    },
  };
}

interface Reporter extends Progress {
  readonly say: (row: Row) => void;
}

async function startReporter(world: World, plan: Plan, disturbed: boolean): Promise<Reporter> {
  const look = lookOf(world, world.stdout);
  // Ink would clear a terminal of no known height with every picture.
  if (look.interactive && !disturbed && world.stdout.rows !== 0) {
    const { startProgress } = await import("../ui/progress.js");
    const { clock } = world.runtime(world.cwd);
    const { stdout } = world;
    const columns = () => lookOf(world, stdout).width;
    return startProgress({ stdout, now: () => clock.now(), columns, color: look.color, plan });
  }
  const state = new ProgressState(plan);
  return {
    on: (event) => {
      state.record(event);
      const row = eventRow(event, state);
      if (row) world.stdout.write(plainText([row], look));
    },
    say: (row) => printErrorRows(world, [row]),
    stop: () => {},
  };
}
