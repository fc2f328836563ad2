import { resolve } from "node:path";
import type { Provider } from "../model/provider.js";
import type { JsonObject } from "../model/value.js";
import { loadFolder, openConfiguration, providerNamed } from "./configuration.js";
import type { CloudOptions } from "./options.js";
import type { World } from "./world.js";

/** A cloud that is meant, before anything is asked of it. */
export interface Target {
  readonly provider: Provider;
  readonly settings: JsonObject;
  /** Absolute. */
  readonly folder: string;
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
