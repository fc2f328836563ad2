import type { Snapshot } from "../model/state.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { holdState } from "./hold-state.js";
import type { LockOptions, StateOptions } from "./options.js";
import { printLine } from "./print.js";
import { currentState } from "./state.js";
import type { World } from "./world.js";

/** What becomes of a state, and what is said of it when it is written. */
export interface StateEdit {
  readonly instances: Snapshot["instances"];
  readonly pending: Snapshot["pending"];
  readonly told: readonly string[];
}

/** Edits the state while this run, and no other, holds it. What `edit` throws leaves it as it is. */
export async function changeState(
  world: World,
  options: StateOptions & LockOptions,
  edit: (snapshot: Snapshot) => StateEdit | Promise<StateEdit>,
): Promise<ExitCode> {
  return holdState(world, options, async ({ store, begin }) => {
    const snapshot = await currentState(world, store);
    const { told, ...changed } = await edit(snapshot);
    begin();
    const { serial } = snapshot;
    await store.write({ ...snapshot, ...changed, serial: serial + 1 }, serial);
    for (const text of told) printLine(world, text);
    return EXIT.ok;
  });
}
