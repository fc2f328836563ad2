import { OutsideError } from "../../model/errors.js";
import type { LockOwner } from "../../model/state.js";
import { line, type Row, span } from "../../ui/row.js";
import { canAsk, confirm } from "../confirm.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { interruptible } from "../interrupts.js";
import type { StateOptions } from "../options.js";
import { printLine, printRows } from "../print.js";
import { openStore } from "../state.js";
import type { World } from "../world.js";

export interface ForceUnlockOptions extends StateOptions {
  readonly autoApprove?: boolean;
  readonly force?: boolean;
}

/** `portcullis force-unlock ID`: takes the lock away from a run that cannot release it. */
export async function forceUnlockCommand(
  world: World,
  options: ForceUnlockOptions,
  id: string,
): Promise<ExitCode> {
  const store = openStore(world, options);
  const owner = await store.holder();
  if (!owner) throw notLocked();
  if (owner.run !== id) throw anothers(owner);
  const isApproved = options.autoApprove === true || options.force === true;
  if (!isApproved && !canAsk(world)) {
    throw new OutsideError("usage", "There is no terminal to ask for approval.", {
      help: "Give --force, if you are certain that the run has ended.",
    });
  }
  return interruptible(world, async ({ signal }) => {
    if (!isApproved) {
      await printRows(world, ownerRows(owner));
      await confirm(world, "\nTake the lock away from it? Only yes is a yes: ", signal);
    }
    if (!(await store.unlock(id))) throw notLocked();
    printLine(world, "The state is unlocked. What the run had begun, the next apply settles.");
    return EXIT.ok;
  });
}

function ownerRows({ user, host, pid, command, since }: LockOwner): readonly Row[] {
  const who = `${user} on ${host} (process ${pid}), running \`${command}\` since ${since}`;
  return [
    line(0, span("The lock belongs to "), span(who, "strong"), span(".")),
    line(0, span("If that run goes on all the same, it writes nothing more.")),
  ];
}

function notLocked(): OutsideError {
  return new OutsideError("usage", "The state is not locked.", {
    help: "There is nothing to unlock: go on.",
  });
}

function anothers({ run, user, host, pid }: LockOwner): OutsideError {
  return new OutsideError(
    "state-locked",
    `The state is locked by another run: ${user} on ${host} (process ${pid})\nlock ID: ${run}`,
    { help: "give that ID, if you are certain that this run has ended" },
  );
}
