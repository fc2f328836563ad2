import { carryOutRepair } from "../../../state/repair.js";
import { decideRepair, type Repair } from "../../../state/repair-decision.js";
import { surveyHeld } from "../../../state/survey.js";
import { OutsideError } from "../../model/errors.js";
import { hanging, line, type Row, span } from "../../ui/row.js";
import { canAsk, confirm } from "../confirm.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { holdState } from "../hold-state.js";
import type { LockOptions, StateOptions } from "../options.js";
import { printLine, printRows } from "../print.js";
import { statePath } from "../state.js";
import type { World } from "../world.js";

export interface StateRepairOptions extends StateOptions, LockOptions {
  readonly autoApprove?: boolean;
}

/** `portcullis state repair`: mends what `state verify` finds, after showing how and asking. */
export async function stateRepairCommand(
  world: World,
  options: StateRepairOptions,
): Promise<ExitCode> {
  const { clock, platform } = world.runtime(world.cwd);
  return holdState(world, options, async ({ keys, lock, run, signal, begin }) => {
    const found = await surveyHeld(statePath(world, options), run, keys, platform);
    const repair = decideRepair(found);
    const rows = repairRows(repair);
    if (rows.length === 0) {
      printLine(world, "There is nothing to repair.");
      return EXIT.ok;
    }
    await printRows(world, rows);
    if (!options.autoApprove) await approve(world, signal);
    begin();
    const copies = await carryOutRepair(found, repair, { keys, lock, now: clock.now() });
    printLine(
      world,
      "Repaired. `portcullis plan` shows what the cloud has that the state has not.",
    );
    for (const copy of copies) printLine(world, `What was there is kept in ${copy}`);
    return EXIT.ok;
  });
}

async function approve(world: World, signal: AbortSignal): Promise<void> {
  if (!canAsk(world)) {
    throw new OutsideError("usage", "There is no terminal to ask for approval.", {
      help: "Give --auto-approve, if that is what you want. Nothing was changed.",
    });
  }
  await confirm(world, "\nRepair it so? Only yes is a yes: ", signal);
}

function repairRows({ steps, losses, closed }: Repair): readonly Row[] {
  const modes = closed.map(({ path, mode }) => `${path} gets mode 0600 instead of ${mode}.`);
  return [
    ...[...steps, ...modes].map((it) => hanging(0, [span("~ ", "update")], span(it))),
    ...losses.map((it) => hanging(0, [span("! ", "warning")], span("Lost: ", "warning"), span(it))),
    ...(steps.length > 0
      ? [line(0, span("A copy of each file that changes is kept.", "dim"))]
      : []),
  ];
}
