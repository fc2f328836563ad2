import { resolve } from "node:path";
import { stringify } from "yaml";
import { type Sandbox, startSandbox } from "../../../providers/sandbox/server.js";
import { OutsideError } from "../../model/errors.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { SANDBOX_FILE } from "../options.js";
import { printLine } from "../print.js";
import { telling } from "../system-files.js";
import type { World } from "../world.js";

export interface SandboxOptions {
  readonly port: number;
  readonly data: string;
  readonly clouds: string;
}

/** `portcullis sandbox`: the embedded cloud as a server of its own, until it is stopped. */
export async function sandboxCommand(world: World, options: SandboxOptions): Promise<ExitCode> {
  const sandbox = await start(world, options);
  const clouds = resolve(world.cwd, options.clouds);
  const { files } = world.runtime(world.cwd);
  await files.replaceSecret(clouds, stringify({ clouds: sandbox.clouds })).catch(async (error) => {
    await sandbox.close();
    throw error;
  });
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

async function start(world: World, { port, data }: SandboxOptions): Promise<Sandbox> {
  const dataFile = resolve(world.cwd, data || SANDBOX_FILE);
  try {
    return await telling(`open ${dataFile}`, () => startSandbox({ port, dataFile }));
  } catch (error) {
    if (!(error instanceof OutsideError) || !isAboutPort(error.cause)) throw error;
    throw new OutsideError("usage", `Port ${port} of 127.0.0.1 cannot be had: it is in use.`, {
      cause: error.cause,
      help: "Choose another with --port, or leave it out for any that is free.",
    });
  }
}

function isAboutPort(cause: unknown): boolean {
  return cause instanceof Error && "syscall" in cause && cause.syscall === "listen";
}
