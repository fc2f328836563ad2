import { type Add, adder, type Ended } from "./program-command.js";
import { withLock, withState } from "./program-options.js";
import type { World } from "./world.js";

/** `portcullis state` and what is below it. */
export function addState(add: Add, world: World, ended: Ended): void {
  const state = add(
    "state",
    "List, show, rename or forget what the state has; verify, repair or encrypt it.",
    "portcullis state list\nportcullis state rm key_pair.old\nportcullis state verify",
  );
  const addTo = adder(state);
  withState(
    addTo(
      "list",
      "List the addresses that the state has.",
      "portcullis state list\nportcullis state list --json",
    ),
  )
    .option("--json", "print a JSON list")
    .action(async (options) =>
      ended(await (await import("./commands/state.js")).stateListCommand(world, options)),
    );
  withState(addTo("show", "Show one instance.", "portcullis state show security_group.web --json"))
    .argument("<address>", "the instance")
    .option("--json", "print it for programs")
    .action(async (address, options) =>
      ended(await (await import("./commands/show.js")).showCommand(world, options, address)),
    );
  withLock(
    withState(
      addTo("rm", "Forget instances; the cloud keeps them.", "portcullis state rm key_pair.old"),
    ),
  )
    .argument("<address...>", "the instances")
    .action(async (addresses, options) =>
      ended(
        await (await import("./commands/state.js")).stateRemoveCommand(world, options, addresses),
      ),
    );
  withLock(
    withState(
      addTo(
        "mv",
        "Give an instance another address; the cloud keeps it as it is.",
        "portcullis state mv security_group.app security_group.backend",
      ),
    ),
  )
    .argument("<address>", "the instance")
    .argument("<new-address>", "an address of the same kind")
    .action(async (from, to, options) =>
      ended(
        await (await import("./commands/state-move.js")).stateMoveCommand(world, options, from, to),
      ),
    );
  withLock(
    withState(
      addTo(
        "rotate-key",
        "Write the state with another passphrase, or with none.",
        "PORTCULLIS_STATE_OLD_PASSPHRASE_FILE=old.txt PORTCULLIS_STATE_PASSPHRASE_FILE=new.txt portcullis state rotate-key",
      ),
    ),
  ).action(async (options) =>
    ended(
      await (await import("./commands/state-rotate-key.js")).stateRotateKeyCommand(world, options),
    ),
  );
  withState(
    addTo(
      "verify",
      "Check everything that the state promises; change nothing.",
      "portcullis state verify\nportcullis state verify --json",
    ),
  )
    .option("--json", "print it for programs")
    .addHelpText("after", "\nExit codes: 0 all is well, 1 something is not.")
    .action(async (options) =>
      ended(await (await import("./commands/state-verify.js")).stateVerifyCommand(world, options)),
    );
  withLock(
    withState(
      addTo(
        "repair",
        "Mend what verify finds, after showing how and asking; keep copies.",
        "portcullis state repair\nportcullis state repair --auto-approve",
      ),
    ),
  )
    .option("--auto-approve", "do not ask")
    .action(async (options) =>
      ended(await (await import("./commands/state-repair.js")).stateRepairCommand(world, options)),
    );
}
