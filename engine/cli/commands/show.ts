import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { providers } from "../../../providers/registry.js";
import { formatAddress, readAddress } from "../../model/address.js";
import { OutsideError } from "../../model/errors.js";
import type { ResourceInstance, Snapshot } from "../../model/state.js";
import { line, span } from "../../ui/row.js";
import { type ShowWords, stateRows } from "../../ui/show-rows.js";
import { stateJson } from "../../ui/state-json.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { openPlanFile } from "../open-plan-file.js";
import type { StateOptions } from "../options.js";
import { stateKeys } from "../passphrase.js";
import type { PlanFile } from "../plan-file.js";
import { printJson, printRows } from "../print.js";
import { severalInstances } from "../several-instances.js";
import { currentState, openStore } from "../state.js";
import type { World } from "../world.js";

export interface ShowOptions extends StateOptions {
  readonly json?: boolean;
}

/** `portcullis show [ADDRESS]`: what the state remembers; or what a plan file would do. */
export async function showCommand(
  world: World,
  options: ShowOptions,
  address: string | undefined,
): Promise<ExitCode> {
  if (address !== undefined && isPlanPath(world, address)) {
    return showPlan(world, options, await openPlanFile(world, address, stateKeys(world)));
  }
  const all = await currentState(world, openStore(world, options));
  const snapshot = address === undefined ? all : only(all, address);
  if (options.json) printJson(world, stateJson(snapshot));
  else await printRows(world, stateRows(snapshot, wordsFor(all)));
  return EXIT.ok;
}

/** A file that is there, and whose name is no address of what may be in a state. */
function isPlanPath(world: World, text: string): boolean {
  const type = readAddress(text)?.type;
  const isType = providers.some((it) => it.types.some(({ name }) => name === type));
  return !isType && existsSync(resolve(world.cwd, text));
}

async function showPlan(
  world: World,
  { json }: ShowOptions,
  { plan, shown }: PlanFile,
): Promise<ExitCode> {
  if (json) printJson(world, plan);
  else
    await printRows(
      world,
      shown.map((text) => line(0, span(text))),
    );
  return EXIT.ok;
}

function only(snapshot: Snapshot, text: string): Snapshot {
  const address = readAddress(text);
  const instances = snapshot.instances.filter(
    (it) => address !== undefined && formatAddress(it.address) === formatAddress(address),
  );
  if (instances.length === 0) {
    const several = severalInstances(
      address,
      snapshot.instances.map((it) => it.address),
    );
    throw new OutsideError("usage", `The state has no ${text}.`, {
      help: several ?? "`portcullis state list` shows what it has.",
    });
  }
  return { ...snapshot, instances, outputs: {} };
}

/** The types' words, in which ids of what the state remembers are addresses. */
function wordsFor({ instances }: Snapshot): ShowWords {
  const names = new Map(instances.map((it) => [it.id, formatAddress(it.address)]));
  const types = new Map(
    providers.flatMap((provider) =>
      provider.types.map((type) => [`${provider.name} ${type.name}`, type] as const),
    ),
  );
  const typeOf = (it: ResourceInstance) => types.get(`${it.provider} ${it.address.type}`);
  return {
    isInternal: (it, attribute) => typeOf(it)?.attributes[attribute]?.internal === true,
    label: (it, attribute, member) =>
      typeOf(it)?.label?.(attribute, member, (id) => names.get(id) ?? id),
  };
}
