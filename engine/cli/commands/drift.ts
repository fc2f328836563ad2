import { ownChanges } from "../../planning/own-changes.js";
import { driftJson } from "../../ui/drift-json.js";
import { driftRows } from "../../ui/drift-rows.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { CloudOptions } from "../options.js";
import { stateKeys } from "../passphrase.js";
import { refusal } from "../planned.js";
import { printJson, printRows } from "../print.js";
import { readPlan } from "../read-plan.js";
import type { World } from "../world.js";

export interface DriftOptions extends CloudOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** `portcullis drift`: whether somebody changed the cloud by hand. Writes nothing. */
export async function driftCommand(world: World, options: DriftOptions): Promise<ExitCode> {
  const keys = stateKeys(world);
  const made = await readPlan(world, options, keys, () => ({
    destroy: false,
    replace: [],
    quotas: "leave",
  }));
  if (!made) return EXIT.error;
  const { loaded, plan: whole } = made;
  // The machine that watches the cloud need not have the delivered files.
  const diagnostics = whole.diagnostics.filter(({ code }) => code !== "secret-file-lost");
  const plan = { ...whole, diagnostics };
  const refused = refusal(world, plan, loaded);
  if (refused !== undefined) return refused;
  const unapplied = ownChanges(plan).length;
  if (options.json) printJson(world, driftJson(plan, unapplied));
  else {
    const now = world.runtime(loaded.folder).clock.now();
    const { files } = loaded.configuration;
    await printRows(
      world,
      driftRows(plan, { verbose: options.verbose === true, now, files, unapplied }),
    );
  }
  if (plan.drift.length === 0) return EXIT.ok;
  return unapplied > 0 ? EXIT.driftAndChanges : EXIT.drift;
}
