import { hostname } from "node:os";
import { PassThrough, type Readable, Writable } from "node:stream";
import { main } from "../../engine/cli/main.js";
import { systemRuntime } from "../../engine/cli/runtime.js";
import type { StopSignal, World } from "../../engine/cli/world.js";

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
  /** Somebody sits at a terminal: what is typed there; without it, nobody does. */
  readonly keyboard?: PassThrough;
  readonly signals?: Signals;
  /** Called where a command ends the process at once. */
  readonly leave?: (code: number) => void;
}

/** Signals to a command that runs in this process. */
export class Signals {
  readonly #listeners = new Set<(signal: StopSignal) => void>();

  send(signal: StopSignal): void {
    for (const listener of this.#listeners) listener(signal);
  }

  on(listener: (signal: StopSignal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A keyboard at which these lines are typed ahead. */
export function typing(...lines: readonly string[]): PassThrough {
  const keyboard = new PassThrough();
  for (const line of lines) keyboard.write(line);
  return keyboard;
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
  const env = { NO_COLOR: "1", TERM: "xterm", ...options.env };
  const { keyboard, signals, leave = () => {} } = options;
  return {
    env,
    cwd: options.cwd,
    stdin: asInput(keyboard ?? new PassThrough(), keyboard !== undefined),
    stdout: asStream(keyboard ? Object.assign(stdout, { isTTY: true, columns: 100 }) : stdout),
    stderr: asStream(stderr),
    process: { pid: process.pid, host: hostname(), user: "tester", command: "portcullis" },
    runtime: (folder) => {
      const runtime = systemRuntime({ folder, env });
      const sleep = (_: number, signal?: AbortSignal) => runtime.clock.sleep(10, signal);
      return options.hurried ? { ...runtime, clock: { ...runtime.clock, sleep } } : runtime;
    },
    onSignal: (listener) => signals?.on(listener) ?? (() => {}),
    leave,
  };
}

/** A pipe is what commands see: a stream that is no terminal. */
function asStream(stream: Writable): NodeJS.WriteStream {
  return stream as NodeJS.WriteStream;
}

function asInput(stream: Readable, isTTY: boolean): NodeJS.ReadStream {
  return Object.assign(stream, { isTTY }) as NodeJS.ReadStream;
}
