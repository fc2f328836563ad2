import { type Protection, protectedCopies } from "../../../state/copies.js";
import { OutsideError } from "../../model/errors.js";
import { hanging, line, type Row, span } from "../../ui/row.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { holdState } from "../hold-state.js";
import type { LockOptions, StateOptions } from "../options.js";
import { printLine, printRows } from "../print.js";
import { statePath } from "../state.js";
import type { World } from "../world.js";

/** `portcullis state rotate-key`: writes the state and its backup with the passphrase of now. Copies stay as they are. */
export async function stateRotateKeyCommand(
  world: World,
  options: StateOptions & LockOptions,
): Promise<ExitCode> {
  return holdState(world, options, async ({ store, keys, begin }) => {
    const snapshot = await store.read();
    if (!snapshot) {
      throw new OutsideError("usage", `There is no state ${store.location}.`, {
        help: "Name it with --dir or --state. A new state is encrypted from its beginning.",
      });
    }
    begin();
    await store.write({ ...snapshot, serial: snapshot.serial + 1 }, snapshot.serial);
    const how = keys.encrypts ? "encrypted with the passphrase given now" : "in plain text";
    printLine(world, `${store.location} and its backup are ${how}.`);
    await printRows(world, copyRows(await protectedCopies(statePath(world, options), keys)));
    return EXIT.ok;
  });
}

const PROTECTIONS: Readonly<Record<Exclude<Protection, "current">, string>> = {
  former: "encrypted with the old passphrase",
  other: "encrypted with another passphrase",
  plain: "in plain text",
  unknown: "damaged: how it is encrypted cannot be told",
};

/** What is not as the state is now. A copy is what could not be trusted: to write it anew might lose it. */
function copyRows(copies: Awaited<ReturnType<typeof protectedCopies>>): readonly Row[] {
  const rows = copies.flatMap(({ path, protection }) =>
    protection === "current"
      ? []
      : [hanging(2, [span(`${path}: `)], span(PROTECTIONS[protection]))],
  );
  if (rows.length === 0) return [];
  return [
    line(0, span("Copies that were kept stay as they are:", "warning")),
    ...rows,
    line(
      0,
      span(
        "They can be read with the passphrase of their time alone: keep it with them, or remove them.",
      ),
    ),
  ];
}
