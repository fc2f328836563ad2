import type { ApplyEvent } from "../model/event.js";
import type { Plan } from "../model/plan.js";
import { eventRow } from "../ui/event-text.js";
import { plainText } from "../ui/plain-text.js";
import { ProgressState } from "../ui/progress-state.js";
import { lookOf, type World } from "./world.js";

/** Shows what happens while a plan is applied. */
export interface Progress {
  readonly on: (event: ApplyEvent) => void;
  stop(): void;
}

/** A live picture on a terminal; a line for each thing that happens elsewhere. */
export async function reportEvents(world: World, plan: Plan): Promise<Progress> {
  const look = lookOf(world, world.stdout);
  if (look.interactive) {
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
    stop: () => {},
  };
}
