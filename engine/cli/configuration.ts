import { resolve } from "node:path";
import { providers } from "../../providers/registry.js";
import { FAILED, someLeaf } from "../config/expressions.js";
import { loadConfiguration } from "../config/load.js";
import type { Outline } from "../config/outline.js";
import { sortDiagnostics } from "../config/report.js";
import { formatAddress } from "../model/address.js";
import type { Configuration } from "../model/configuration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { OutsideError } from "../model/errors.js";
import type { Provider } from "../model/provider.js";
import type { Runtime } from "../model/runtime.js";
import { overlap, type SourceFile } from "../model/source.js";
import { validate } from "../planning/validate.js";
import { configurationFiles, variableFiles } from "./folder.js";
import type { ConfigurationOptions } from "./options.js";
import { printDiagnostics } from "./print.js";
import type { World } from "./world.js";

/** The configuration and the provider that keeps it. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly provider: Provider;
  /** Absolute. */
  readonly folder: string;
}

/** What was read: nothing is loaded where the diagnostics have errors. */
export interface ReadConfiguration {
  readonly loaded?: LoadedConfiguration;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Told of the cloud that is meant while the rest is still being read. */
export type OnOutline = (outline: Outline) => Promise<void>;

/** Reads and checks the folder; prints every mistake. Undefined where there are errors. */
export async function openConfiguration(
  world: World,
  options: ConfigurationOptions,
  onOutline?: OnOutline,
): Promise<LoadedConfiguration | undefined> {
  const { loaded, files, diagnostics } = await readConfiguration(world, options, onOutline);
  printDiagnostics(world, diagnostics, files);
  return loaded;
}

/** Reads and checks the folder, with every mistake that can be told. */
export async function readConfiguration(
  world: World,
  options: ConfigurationOptions,
  onOutline?: OnOutline,
): Promise<ReadConfiguration> {
  const folder = resolve(world.cwd, options.dir);
  const { configuration, draft, files, diagnostics } = await loadFolder(world, options, onOutline);
  if (!configuration) {
    const further = await furtherMistakes(draft, diagnostics, world.runtime(folder));
    return { files, diagnostics: sortDiagnostics([...diagnostics, ...further]) };
  }
  const provider = providerNamed(configuration.provider.name);
  return { loaded: { configuration, folder, provider }, files, diagnostics };
}

/** What the resource types find wrong in a draft, but for what is said of the same places already. */
async function furtherMistakes(
  draft: Configuration,
  known: readonly Diagnostic[],
  runtime: Runtime,
): Promise<readonly Diagnostic[]> {
  const provider = providers.find((it) => it.name === draft.provider.name);
  if (!provider) return [];
  const failed = addressesOfFailed(draft);
  const found = await validate(draft, provider, runtime);
  return found.filter(
    (one) =>
      one.severity === "error" &&
      one.range !== undefined &&
      !(one.code === "not-known-yet" && one.address && failed.has(formatAddress(one.address))) &&
      !known.some((it) => isAbout(it, one)),
  );
}

/**
 * Whether what is known is said of the same place, of a value of the wrong type around it, or of a
 * key that a resource lacks for that reason alone.
 */
function isAbout(known: Diagnostic, found: Diagnostic): boolean {
  const { range, address, pointer = "" } = found;
  if (known.range && range && overlap(known.range, range)) return true;
  const { type, name } = known.address ?? {};
  if (known.pointer === undefined || type !== address?.type || name !== address?.name) return false;
  if (isLack(found) && SPOILING.has(known.code)) return known.pointer.lastIndexOf("/") <= 0;
  return known.code === "wrong-type" && `${pointer}/`.startsWith(`${known.pointer}/`);
}

const SPOILING: ReadonlySet<string> = new Set(["unknown-key", "wrong-type", "wrong-value"]);

function isLack({ code, pointer = "" }: Diagnostic): boolean {
  return pointer === "" && (code === "missing-key" || code === "secret-undeliverable");
}

/** The resources with a value that could not be evaluated: a type takes it for one not known yet. */
function addressesOfFailed({ resources }: Configuration): ReadonlySet<string> {
  const failed = resources.filter(({ config }) => someLeaf(config, (leaf) => leaf === FAILED));
  return new Set(failed.map(({ address }) => formatAddress(address)));
}

/** Reads the folder's files, whatever is wrong in them. */
export async function loadFolder(
  world: World,
  options: ConfigurationOptions,
  onOutline?: OnOutline,
) {
  const folder = resolve(world.cwd, options.dir);
  return loadConfiguration({
    files: await configurationFiles(folder),
    variableFiles: await variableFiles(world.cwd, options.varFile),
    variables: options.var,
    providers,
    runtime: world.runtime(folder),
    ...(onOutline && { onOutline }),
  });
}

/** A provider of the registry. */
export function providerNamed(name: string): Provider {
  const provider = providers.find((it) => it.name === name);
  if (!provider) throw new OutsideError("usage", `There is no provider ${name}.`);
  return provider;
}
