import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Connection } from "../model/connection.js";
import { OutsideError } from "../model/errors.js";
import type { Runtime } from "../model/runtime.js";
import type { JsonObject } from "../model/value.js";
import { line, span } from "../ui/row.js";
import type { LoadedConfiguration } from "./configuration.js";
import { type CloudOptions, SANDBOX_FILE } from "./options.js";
import { printErrorRows } from "./print.js";
import { telling } from "./system-files.js";
import type { Target } from "./target.js";
import { traceOn } from "./trace.js";
import { fromWorkingFolder } from "./working-folder.js";
import type { World } from "./world.js";

/** Logs in, starting the embedded cloud where it is asked for; does the work; logs out. */
export async function connected<T>(
  world: World,
  { configuration, provider, folder }: LoadedConfiguration,
  options: CloudOptions,
  work: (connection: Connection) => Promise<T>,
  permit?: Runtime["permit"],
): Promise<T> {
  const target = { provider, folder, settings: configuration.provider.settings };
  return withSettings(world, target, options, async (settings, runtime) =>
    during(await provider.connect(settings, { ...runtime, ...(permit && { permit }) }), work),
  );
}

/** Does the work; logs out. */
export async function during<T>(
  connection: Connection,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Does the work with the settings that the options and the target mean; the embedded cloud runs meanwhile. */
export async function withSettings<T>(
  world: World,
  { folder, settings: declared }: Target,
  options: CloudOptions,
  work: (settings: JsonObject, runtime: Runtime) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(declared, options);
  const runtime = runtimeFor(world, folder, options);
  const sandbox = settings.sandbox === true ? await openSandbox(world, options) : undefined;
  try {
    return await work(sandbox?.settings ?? settings, runtime);
  } catch (error) {
    if (error instanceof OutsideError && error.code === "wrong-cloud") sandbox?.discardIfNew();
    throw error;
  } finally {
    await sandbox?.close();
  }
}

/** The world as a provider is to see it. */
export function runtimeFor(world: World, folder: string, { debug }: CloudOptions): Runtime {
  return {
    ...world.runtime(folder),
    env: fromWorkingFolder(world, folder),
    tell: (message) => printErrorRows(world, [line(0, span(message, "dim"))]),
    ...(debug && { trace: traceOn(world) }),
  };
}

/** What the options say wins over what the provider block says. */
export function settingsOf(declared: JsonObject, { cloud, sandbox }: CloudOptions): JsonObject {
  if (cloud !== undefined && sandbox) {
    throw new OutsideError("usage", "--cloud and --sandbox exclude each other.");
  }
  if (cloud !== undefined) return { cloud };
  return sandbox ? { sandbox: true } : declared;
}

interface OpenSandbox {
  readonly settings: JsonObject;
  /** Closing leaves no data that were not there before. */
  discardIfNew(): void;
  close(): Promise<void>;
}

async function openSandbox(world: World, options: CloudOptions): Promise<OpenSandbox> {
  const { startSandbox } = await import("../../providers/sandbox/server.js");
  const beside = options.state
    ? dirname(resolve(world.cwd, options.state))
    : resolve(world.cwd, options.dir);
  const dataFile = join(beside, SANDBOX_FILE);
  const isNew = !existsSync(dataFile);
  let isUnwanted = false;
  const sandbox = await telling(`open the embedded cloud's data ${dataFile}`, () =>
    startSandbox({ dataFile }),
  );
  const entry = sandbox.clouds.sandbox ?? {};
  return {
    settings: { name: "sandbox", entry },
    discardIfNew: () => {
      isUnwanted = isNew;
    },
    close: async () => {
      await sandbox.close();
      if (isUnwanted) await rm(dataFile, { force: true });
    },
  };
}
