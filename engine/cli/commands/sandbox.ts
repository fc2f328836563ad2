import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { stringify } from "yaml";
import { startSandbox } from "../../../providers/sandbox/server.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { SANDBOX_FILE } from "../options.js";
import { printLine } from "../print.js";
import type { World } from "../world.js";

export interface SandboxOptions {
  readonly port: number;
  readonly data: string;
  readonly clouds: string;
}

/** `portcullis sandbox`: the embedded cloud as a server of its own, until it is stopped. */
export async function sandboxCommand(world: World, options: SandboxOptions): Promise<ExitCode> {
  const sandbox = await startSandbox({
    port: options.port,
    dataFile: resolve(world.cwd, options.data || SANDBOX_FILE),
  });
  const clouds = resolve(world.cwd, options.clouds);
  await writeFile(clouds, stringify({ clouds: sandbox.clouds }), { mode: 0o600 });
  printLine(
    world,
    `The embedded cloud listens on ${sandbox.authUrl} until Ctrl-C. For other clients:`,
  );
  printLine(world, `  export OS_CLIENT_CONFIG_FILE=${clouds} OS_CLOUD=sandbox`);
  return new Promise((done) => {
    const stop = world.onSignal(() => {
      stop();
      sandbox.close().then(
        () => done(EXIT.ok),
        () => done(EXIT.error),
      );
    });
  });
}
