import type { ApplyEvent } from "../model/event.js";
import type { Plan } from "../model/plan.js";
import { eventRow } from "./event-text.js";
import { type Line, layoutLines } from "./layout.js";
import { progressRows } from "./progress-rows.js";
import { ProgressState } from "./progress-state.js";
import type { Row } from "./row.js";

export interface ProgressOptions {
  /** The terminal that is drawn on. */
  readonly stdout: NodeJS.WriteStream;
  readonly now: () => Date;
  /** The terminal's present width. */
  readonly columns: () => number;
  readonly color: boolean;
  readonly plan: Plan;
}

/** A live picture of an apply. */
export interface Progress {
  on(event: ApplyEvent): void;
  /** Prints a row above the live part, where it stays. */
  say(row: Row): void;
  /** Takes the live part away; what was printed above it stays. */
  stop(): void;
}

/** Up to so many changes each success gets a line; of more, only what went wrong. */
const EACH = 30;

/** Draws on a terminal until it is stopped; ink is loaded here. */
export async function startProgress(options: ProgressOptions): Promise<Progress> {
  const { drawProgress } = await import("./ink/progress.js");
  const { stdout, color } = options;
  const history = new ProgressHistory(options);
  const live = () => history.live().slice(0, Math.max(1, (stdout.rows ?? 24) - 2));
  const stop = drawProgress({ stdout, color, live, kept: history.kept });
  return { on: (event) => history.record(event), say: (row) => history.keep(row), stop };
}

/** What stays printed of an apply, and what is live. */
export class ProgressHistory {
  readonly kept: Line[] = [];
  readonly #state: ProgressState;
  readonly #options: Omit<ProgressOptions, "stdout" | "color">;

  constructor(options: Omit<ProgressOptions, "stdout" | "color">) {
    this.#options = options;
    this.#state = new ProgressState(options.plan);
  }

  record(event: ApplyEvent): void {
    this.#state.record(event);
    if (event.kind === "began") this.kept.push({ segments: [] });
    const row = this.#keeps(event) ? eventRow(event, this.#state) : undefined;
    if (row) this.keep(row);
  }

  keep(row: Row): void {
    this.kept.push(...layoutLines([row], this.#options.columns()));
  }

  live(): readonly Line[] {
    return layoutLines(progressRows(this.#state, this.#options.now()), this.#options.columns());
  }

  #keeps(event: ApplyEvent): boolean {
    if (event.kind === "failed" || event.kind === "skipped") return true;
    return event.kind === "succeeded" && this.#state.total <= EACH;
  }
}
