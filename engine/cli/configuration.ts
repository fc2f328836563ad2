import { resolve } from "node:path";
import { providers } from "../../providers/registry.js";
import { loadConfiguration } from "../config/load.js";
import type { Configuration } from "../model/configuration.js";
import { OutsideError } from "../model/errors.js";
import type { Provider } from "../model/provider.js";
import type { Target } from "./connection.js";
import { configurationFiles, variableFiles } from "./folder.js";
import type { CloudOptions, ConfigurationOptions } from "./options.js";
import { printDiagnostics } from "./print.js";
import type { World } from "./world.js";

/** The configuration and the provider that keeps it. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly provider: Provider;
  /** Absolute. */
  readonly folder: string;
}

/** Reads and checks the folder; prints every mistake. Undefined where there are errors. */
export async function openConfiguration(
  world: World,
  options: ConfigurationOptions,
): Promise<LoadedConfiguration | undefined> {
  const loaded = await loadFolder(world, options);
  const folder = resolve(world.cwd, options.dir);
  const failed = printDiagnostics(world, loaded.diagnostics, loaded.files);
  if (failed || !loaded.configuration) return undefined;
  const { configuration } = loaded;
  return { configuration, folder, provider: providerNamed(configuration.provider.name) };
}

/** The cloud that the folder's files mean, or what the environment means where there are none. */
export async function openTarget(world: World, options: CloudOptions): Promise<Target | undefined> {
  const folder = resolve(world.cwd, options.dir);
  const isReplaced = options.cloud !== undefined || options.sandbox === true;
  if (isReplaced || (await isWithoutConfiguration(world, options))) {
    return { provider: providerNamed("openstack"), settings: {}, folder };
  }
  const loaded = await openConfiguration(world, options);
  return (
    loaded && {
      provider: loaded.provider,
      settings: loaded.configuration.provider.settings,
      folder,
    }
  );
}

async function isWithoutConfiguration(world: World, options: CloudOptions): Promise<boolean> {
  const { diagnostics } = await loadFolder(world, options);
  return diagnostics.some((it) => it.code === "no-configuration");
}

async function loadFolder(world: World, options: ConfigurationOptions) {
  const folder = resolve(world.cwd, options.dir);
  return loadConfiguration({
    files: await configurationFiles(folder),
    variableFiles: await variableFiles(world.cwd, options.varFile),
    variables: options.var,
    providers,
    runtime: world.runtime(folder),
  });
}

/** A provider of the registry. */
export function providerNamed(name: string): Provider {
  const provider = providers.find((it) => it.name === name);
  if (!provider) throw new OutsideError("usage", `There is no provider ${name}.`);
  return provider;
}
