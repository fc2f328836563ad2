import { resolve } from "node:path";
import { providers } from "../../../providers/registry.js";
import { type Address, formatAddress, readAddress } from "../../model/address.js";
import { OutsideError } from "../../model/errors.js";
import { stagingFiles } from "../../model/staging-files.js";
import type { ResourceInstance, Snapshot } from "../../model/state.js";
import { changeState } from "../change-state.js";
import type { ExitCode } from "../exit-codes.js";
import type { LockOptions, StateOptions } from "../options.js";
import { severalInstances } from "../several-instances.js";
import type { World } from "../world.js";

/** `portcullis state mv ADDRESS NEW-ADDRESS`: gives an instance another address; the cloud keeps it as it is. */
export function stateMoveCommand(
  world: World,
  options: StateOptions & LockOptions,
  from: string,
  to: string,
): Promise<ExitCode> {
  return changeState(world, options, async (snapshot) => {
    const instance = instanceAt(snapshot, from);
    const address = freeAddress(snapshot, instance, to);
    await refuseUnsettled(world, options, snapshot, instance);
    const [before, now] = [formatAddress(instance.address), formatAddress(address)];
    const told = [
      `${before} is ${now} now. Call it so in the configuration, too, and look at the plan.`,
    ];
    return { instances: moved(snapshot, instance, address), pending: snapshot.pending, told };
  });
}

function instanceAt({ instances }: Snapshot, text: string): ResourceInstance {
  const address = readAddress(text);
  const name = address ? formatAddress(address) : text;
  const found = instances.find((it) => formatAddress(it.address) === name);
  if (found) return found;
  const several = severalInstances(
    address,
    instances.map((it) => it.address),
  );
  throw refusal(
    `The state has no ${text}`,
    several ?? "`portcullis state list` shows what it has.",
  );
}

function freeAddress(snapshot: Snapshot, { address }: ResourceInstance, text: string): Address {
  const wanted = readAddress(text);
  if (!wanted) throw refusal(`${text} is no address`, `Write it as ${address.type}.NAME.`);
  if (wanted.type !== address.type) {
    const { type } = address;
    throw refusal(`${text} is of another kind`, `What is a ${type} stays one: ${type}.NAME.`);
  }
  const known = [...snapshot.instances, ...snapshot.pending].map((it) => formatAddress(it.address));
  if (!known.includes(formatAddress(wanted))) return wanted;
  throw refusal(`The state has ${text} already`, "Give another address.");
}

/** What waits does so under the address. */
async function refuseUnsettled(
  world: World,
  { dir }: StateOptions,
  { pending }: Snapshot,
  instance: ResourceInstance,
): Promise<void> {
  const { files } = world.runtime(resolve(world.cwd, dir));
  const own = formatAddress(instance.address);
  const waits = await Promise.all(
    stagingFiles({ instances: [instance], pending: [] }, providers).map(([path]) =>
      files.look(path),
    ),
  );
  const isOpen = pending.some((it) => formatAddress(it.address) === own);
  if (isOpen || waits.some(({ kind }) => kind !== "nothing"))
    throw refusal(`An interrupted run has left ${own} half done`, "Say portcullis apply before.");
}

function moved(
  { instances }: Snapshot,
  instance: ResourceInstance,
  to: Address,
): readonly ResourceInstance[] {
  const from = formatAddress(instance.address);
  const now = (address: Address) => (formatAddress(address) === from ? to : address);
  return instances.map((it) => ({
    ...it,
    address: now(it.address),
    dependencies: it.dependencies.map(now),
  }));
}

function refusal(problem: string, help: string): OutsideError {
  return new OutsideError("usage", `${problem}; nothing was changed.`, { help });
}
