import { formatAddress } from "../../model/address.js";
import { OutsideError } from "../../model/errors.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { LockOptions, StateOptions } from "../options.js";
import { stateKeys } from "../passphrase.js";
import { printJson, printLine } from "../print.js";
import { locked, openStore, readState } from "../state.js";
import type { World } from "../world.js";

export interface StateListOptions extends StateOptions {
  readonly json?: boolean;
}

/** `portcullis state list`: the addresses that the state has. */
export async function stateListCommand(world: World, options: StateListOptions): Promise<ExitCode> {
  const { instances } = await readState(world, openStore(world, options));
  const addresses = instances.map(({ address }) => formatAddress(address));
  if (options.json) printJson(world, addresses);
  else for (const address of addresses) printLine(world, address);
  return EXIT.ok;
}

/** `portcullis state rm ADDRESS...`: forgets instances; the cloud keeps them. */
export async function stateRemoveCommand(
  world: World,
  options: StateOptions & LockOptions,
  addresses: readonly string[],
): Promise<ExitCode> {
  const keys = stateKeys(world);
  const store = openStore(world, options, keys);
  const run = world.runtime(world.cwd).random.uuid();
  await keys.ask();
  return locked(world, store, { ...options, run }, async () => {
    const snapshot = await readState(world, store);
    const known = new Set(
      [...snapshot.instances, ...snapshot.pending].map((it) => formatAddress(it.address)),
    );
    const missing = addresses.filter((it) => !known.has(it));
    if (missing.length > 0) {
      throw new OutsideError(
        "usage",
        `The state has no ${missing.join(", ")}; nothing was removed.`,
        {
          help: "`portcullis state list` shows what it has.",
        },
      );
    }
    const kept = (it: (typeof snapshot.instances)[number] | (typeof snapshot.pending)[number]) =>
      !addresses.includes(formatAddress(it.address));
    await store.write(
      {
        ...snapshot,
        serial: snapshot.serial + 1,
        instances: snapshot.instances.filter(kept).map((it) => ({
          ...it,
          dependencies: it.dependencies.filter((on) => !addresses.includes(formatAddress(on))),
        })),
        pending: snapshot.pending.filter(kept),
      },
      snapshot.serial,
    );
    for (const address of addresses) {
      printLine(world, `${address} is forgotten; what it was in the cloud is still there.`);
    }
    return EXIT.ok;
  });
}
