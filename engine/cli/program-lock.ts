import type { Add, Ended } from "./program-command.js";
import { withState } from "./program-options.js";
import type { World } from "./world.js";

/** `portcullis force-unlock`. */
export function addForceUnlock(add: Add, world: World, ended: Ended): void {
  withState(
    add(
      "force-unlock",
      "Take the lock away from a run that cannot release it.",
      "portcullis force-unlock 0b6ee1d2-5f0c-4b3e-9c1e-2f6f5d3a7b10",
    ),
  )
    .argument("<id>", "the lock's ID, as the refusal of a locked state tells it")
    .option("--auto-approve", "do not ask")
    .option("--force", "the same, as Terraform says it")
    .action(async (id, options) =>
      ended(
        await (await import("./commands/force-unlock.js")).forceUnlockCommand(world, options, id),
      ),
    );
}
