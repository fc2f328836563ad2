import { randomBytes, randomUUID } from "node:crypto";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Runtime } from "../model/runtime.js";
import { gitRepository } from "./git-repository.js";
import { systemCommands } from "./system-commands.js";
import { systemFiles } from "./system-files.js";
import type { SystemOptions } from "./system-options.js";

/** The world as it is: this machine's clock, randomness and disk. */
export function systemRuntime(options: SystemOptions): Runtime {
  return {
    clock: {
      now: () => new Date(),
      sleep: (milliseconds, signal) =>
        (milliseconds === 0
          ? setImmediate(undefined, { signal })
          : setTimeout(milliseconds, undefined, { signal })
        ).catch((error: unknown) => {
          if (!signal?.aborted) throw error;
        }),
    },
    random: {
      bytes: (length) => Uint8Array.from(randomBytes(length)),
      uuid: () => randomUUID(),
    },
    files: systemFiles(options),
    commands: systemCommands(options),
    repository: gitRepository(options.env),
    env: options.env,
    platform: process.platform,
    ...(options.ask && { ask: options.ask }),
  };
}
