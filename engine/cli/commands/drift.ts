import { formatAddress } from "../../model/address.js";
import type { Change, Drift, Plan } from "../../model/plan.js";
import { driftJson } from "../../ui/drift-json.js";
import { driftRows } from "../../ui/drift-rows.js";
import { openConfiguration } from "../configuration.js";
import { connected } from "../connection.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { CloudOptions } from "../options.js";
import { planWith, refusal } from "../planned.js";
import { printJson, printRows } from "../print.js";
import { openStore, readState } from "../state.js";
import type { World } from "../world.js";

export interface DriftOptions extends CloudOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** `portcullis drift`: whether somebody changed the cloud by hand. Writes nothing. */
export async function driftCommand(world: World, options: DriftOptions): Promise<ExitCode> {
  const loaded = await openConfiguration(world, options);
  if (!loaded) return EXIT.error;
  const snapshot = await readState(world, openStore(world, options));
  const plan = await connected(world, loaded, options, (connection) =>
    planWith(world, loaded, connection, snapshot, { destroy: false, replace: [] }),
  );
  const refused = refusal(world, plan, loaded);
  if (refused !== undefined) return refused;
  if (options.json) printJson(world, driftJson(plan));
  else {
    const now = world.runtime(loaded.folder).clock.now();
    const { files } = loaded.configuration;
    await printRows(world, driftRows(plan, { verbose: options.verbose === true, now, files }));
  }
  if (plan.drift.length === 0) return EXIT.ok;
  return hasOwnChanges(plan) ? EXIT.driftAndChanges : EXIT.drift;
}

/** Whether the plan does anything that does not merely undo the drift. */
function hasOwnChanges(plan: Plan): boolean {
  const drift = new Map(plan.drift.map((it) => [formatAddress(it.address), it]));
  return plan.changes.some(
    (change) =>
      change.action !== "no-op" && !undoes(change, drift.get(formatAddress(change.address))),
  );
}

function undoes(change: Change, drift: Drift | undefined): boolean {
  if (!drift) return false;
  if (drift.kind === "deleted") return change.action === "create";
  const drifted = new Set(drift.attributes.map((it) => JSON.stringify(it.path)));
  return change.attributes.every((it) => drifted.has(JSON.stringify(it.path)));
}
