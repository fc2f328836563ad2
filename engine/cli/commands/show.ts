import { providers } from "../../../providers/registry.js";
import { type Address, formatAddress, readAddress } from "../../model/address.js";
import { OutsideError } from "../../model/errors.js";
import type { ResourceInstance, Snapshot } from "../../model/state.js";
import { type ShowWords, stateRows } from "../../ui/show-rows.js";
import { stateJson } from "../../ui/state-json.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { StateOptions } from "../options.js";
import { printJson, printRows } from "../print.js";
import { openStore, readState } from "../state.js";
import type { World } from "../world.js";

export interface ShowOptions extends StateOptions {
  readonly json?: boolean;
}

/** `portcullis show [ADDRESS]`: what the state remembers. */
export async function showCommand(
  world: World,
  options: ShowOptions,
  address: string | undefined,
): Promise<ExitCode> {
  const all = await readState(world, openStore(world, options));
  const snapshot = address === undefined ? all : only(all, address);
  if (options.json) printJson(world, stateJson(snapshot));
  else await printRows(world, stateRows(snapshot, wordsFor(all)));
  return EXIT.ok;
}

function only(snapshot: Snapshot, text: string): Snapshot {
  const address = readAddress(text);
  const instances = snapshot.instances.filter(
    (it) => address !== undefined && formatAddress(it.address) === formatAddress(address),
  );
  if (instances.length === 0) {
    throw new OutsideError("usage", `The state has no ${text}.`, {
      help: helpFor(snapshot, address),
    });
  }
  return { ...snapshot, instances, outputs: {} };
}

/** What was meant may be one of several instances. */
function helpFor({ instances }: Snapshot, meant: Address | undefined): string {
  const several = instances
    .filter(({ address: { type, name } }) => type === meant?.type && name === meant.name)
    .map(({ address }) => formatAddress(address));
  return several.length > 0
    ? `It has ${several.join(", ")}; a shell wants the address in single quotes.`
    : "`portcullis state list` shows what it has.";
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
