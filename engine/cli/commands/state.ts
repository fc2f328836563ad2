import { type Address, formatAddress, readAddress } from "../../model/address.js";
import { OutsideError } from "../../model/errors.js";
import type { Snapshot } from "../../model/state.js";
import { changeState } from "../change-state.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { LockOptions, StateOptions } from "../options.js";
import { printJson, printLine } from "../print.js";
import { severalInstances } from "../several-instances.js";
import { currentState, openStore } from "../state.js";
import type { World } from "../world.js";

export interface StateListOptions extends StateOptions {
  readonly json?: boolean;
}

/** `portcullis state list`: the addresses that the state has. */
export async function stateListCommand(world: World, options: StateListOptions): Promise<ExitCode> {
  const { instances } = await currentState(world, openStore(world, options));
  const addresses = instances.map(({ address }) => formatAddress(address));
  if (options.json) printJson(world, addresses);
  else for (const address of addresses) printLine(world, address);
  return EXIT.ok;
}

/** `portcullis state rm ADDRESS...`: forgets instances; the cloud keeps them. */
export function stateRemoveCommand(
  world: World,
  options: StateOptions & LockOptions,
  texts: readonly string[],
): Promise<ExitCode> {
  return changeState(world, options, (snapshot) => {
    const addresses = knownAddresses(snapshot, texts);
    const kept = ({ address }: { readonly address: Address }) =>
      !addresses.has(formatAddress(address));
    const instances = snapshot.instances.filter(kept).map((it) => ({
      ...it,
      dependencies: it.dependencies.filter((address) => kept({ address })),
    }));
    const told = [...addresses].map(
      (it) => `${it} is forgotten; what it was in the cloud is still there.`,
    );
    return { instances, pending: snapshot.pending.filter(kept), told };
  });
}

/** The addresses as the state writes them; throws `usage` where it has not all of them. */
function knownAddresses(snapshot: Snapshot, texts: readonly string[]): ReadonlySet<string> {
  const known = [...snapshot.instances, ...snapshot.pending].map((it) => it.address);
  const names = new Set(known.map(formatAddress));
  const wanted = texts.map((text) => {
    const address = readAddress(text);
    return { text, address, name: address ? formatAddress(address) : text };
  });
  const missing = wanted.filter((it) => !names.has(it.name));
  if (missing.length === 0) return new Set(wanted.map((it) => it.name));
  const several = missing.flatMap(({ address }) => severalInstances(address, known) ?? []);
  const what = missing.map((it) => it.text).join(", ");
  throw new OutsideError("usage", `The state has no ${what}; nothing was removed.`, {
    help: several[0] ?? "`portcullis state list` shows what it has.",
  });
}
