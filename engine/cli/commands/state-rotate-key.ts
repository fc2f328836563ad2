import { survey } from "../../../state/survey.js";
import { OutsideError } from "../../model/errors.js";
import { line, span } from "../../ui/row.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { LockOptions, StateOptions } from "../options.js";
import { stateKeys } from "../passphrase.js";
import { printErrorRows, printLine } from "../print.js";
import { locked, openStore, statePath } from "../state.js";
import type { World } from "../world.js";

/** `portcullis state rotate-key`: writes the state and its backup with the passphrase of now. */
export async function stateRotateKeyCommand(
  world: World,
  options: StateOptions & LockOptions,
): Promise<ExitCode> {
  const keys = stateKeys(world);
  const store = openStore(world, options, keys);
  const run = world.runtime(world.cwd).random.uuid();
  await keys.ask();
  return locked(world, store, { ...options, run }, async () => {
    const snapshot = await store.read();
    if (!snapshot) {
      throw new OutsideError("usage", `There is no state ${store.location}.`, {
        help: "Name it with --dir or --state. A new state is encrypted from its beginning.",
      });
    }
    await store.write({ ...snapshot, serial: snapshot.serial + 1 }, snapshot.serial);
    const how = keys.encrypts ? "encrypted with the passphrase given now" : "in plain text";
    printLine(world, `${store.location} and its backup are ${how}.`);
    const { kept } = await survey(statePath(world, options), keys);
    if (kept.length > 0) {
      const text = `Copies beside it are as they were: ${kept.join(", ")}. Remove them once nothing in them is wanted.`;
      printErrorRows(world, [line(0, span(text, "warning"))]);
    }
    return EXIT.ok;
  });
}
