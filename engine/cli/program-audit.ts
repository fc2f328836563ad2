import { type Add, adder, type Ended } from "./program-command.js";
import { withState } from "./program-options.js";
import type { World } from "./world.js";

/** `portcullis audit` and what is below it. */
export function addAudit(add: Add, world: World, ended: Ended): void {
  const audit = add(
    "audit",
    "Look for what should not be there.",
    "portcullis audit secrets --no-history",
  );
  withState(
    adder(audit)(
      "secrets",
      "Find secrets in the state, plans, logs, every other file of the folder, and git's history.",
      "portcullis audit secrets\nportcullis audit secrets --no-history --json",
    ),
  )
    .option("--no-history", "leave out what git remembers")
    .option("--json", "print it for programs")
    .addHelpText("after", "\nExit codes: 0 no secret lies open, 14 one does.")
    .action(async (options) =>
      ended(await (await import("./commands/audit.js")).auditSecretsCommand(world, options)),
    );
}
