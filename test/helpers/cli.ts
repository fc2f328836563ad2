import { hostname } from "node:os";
import { Writable } from "node:stream";
import { main } from "../../engine/cli/main.js";
import { systemRuntime } from "../../engine/cli/runtime.js";
import type { World } from "../../engine/cli/world.js";

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Every wait is cut to a moment. */
  readonly hurried?: boolean;
}

/** Runs a command line in this process, as in a pipe: the whole program but for `bin`. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<Ended> {
  const stdout = captured();
  const stderr = captured();
  const code = await main(argv, worldOf(options, stdout, stderr));
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

interface Captured extends Writable {
  readonly text: () => string;
}

function captured(): Captured {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return Object.assign(stream, { text: () => chunks.join("") });
}

function worldOf(options: CliOptions, stdout: Captured, stderr: Captured): World {
  const env = { NO_COLOR: "1", ...options.env };
  return {
    env,
    cwd: options.cwd,
    stdin: process.stdin,
    stdout: asStream(stdout),
    stderr: asStream(stderr),
    process: { pid: process.pid, host: hostname(), user: "tester", command: "portcullis" },
    runtime: (folder) => {
      const runtime = systemRuntime({ folder, env });
      const sleep = () => runtime.clock.sleep(10);
      return options.hurried ? { ...runtime, clock: { ...runtime.clock, sleep } } : runtime;
    },
    onSignal: () => () => {},
    leave: () => {},
  };
}

/** A pipe is what commands see: a stream that is no terminal. */
function asStream(stream: Writable): NodeJS.WriteStream {
  return stream as NodeJS.WriteStream;
}
