import type { Keyring } from "../../state/keyring.js";
import type { Plan } from "../model/plan.js";
import type { Snapshot } from "../model/state.js";
import { type LoadedConfiguration, openConfiguration } from "./configuration.js";
import { HeadStart } from "./head-start.js";
import type { CloudOptions } from "./options.js";
import { type PlanChoice, planWith } from "./planned.js";
import { currentState, openStore } from "./state.js";
import type { World } from "./world.js";

/** A plan and what it was made from. */
export interface ReadPlan {
  readonly loaded: LoadedConfiguration;
  readonly plan: Plan;
}

/**
 * A plan for a command that changes nothing: the cloud is read while the configuration is. Mistakes of the
 * configuration are printed, and then there is none.
 */
export async function readPlan(
  world: World,
  options: CloudOptions,
  keys: Keyring,
  choose: (loaded: LoadedConfiguration) => PlanChoice,
): Promise<ReadPlan | undefined> {
  let reading: Promise<Snapshot> | undefined;
  const before = () => {
    reading ??= currentState(world, openStore(world, options, keys));
    return reading;
  };
  const ahead = new HeadStart(world, options, before);
  try {
    const loaded = await openConfiguration(world, options, ahead.begin);
    if (!loaded) return undefined;
    const choice = choose(loaded);
    const snapshot = await before();
    const plan = await ahead.connected(loaded, (connection) =>
      planWith(world, loaded, connection, snapshot, choice),
    );
    return { loaded, plan };
  } finally {
    ahead.drop();
  }
}
