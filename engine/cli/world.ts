import type { Runtime } from "../model/runtime.js";

/** Ctrl-C, an end in good order, and a terminal that was closed. */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type StopSignal = (typeof STOP_SIGNALS)[number];

/** Everything that a command gets from outside: a test needs no process. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly process: {
    readonly pid: number;
    readonly host: string;
    readonly user: string;
    /** What was typed, for the owner of a lock. */
    readonly command: string;
  };
  /** Clock, randomness and files; paths are relative to this folder. */
  readonly runtime: (folder: string) => Runtime;
  /** Calls back at each of these signals until the answer is called. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  /** Ends the process at once. */
  readonly leave: (code: number) => void;
}

/** How a stream may be written to. */
export interface Look {
  readonly color: boolean;
  /** Whether pictures may be drawn and questions asked. */
  readonly interactive: boolean;
  /** Columns; Infinity where nobody reads it on a screen. */
  readonly width: number;
}

/** NO_COLOR, FORCE_COLOR, CI, TERM=dumb and pipes are honoured. */
export function lookOf({ env }: Pick<World, "env">, stream: NodeJS.WriteStream): Look {
  const set = (name: string) => (env[name] ?? "") !== "";
  const terminal = stream.isTTY === true && env.TERM !== "dumb";
  const forced = set("FORCE_COLOR") && env.FORCE_COLOR !== "0";
  const columns = stream.columns > 0 ? stream.columns : 80;
  return {
    color: !set("NO_COLOR") && env.FORCE_COLOR !== "0" && (terminal || forced),
    interactive: terminal && !set("CI"),
    width: stream.isTTY === true ? columns : Number.POSITIVE_INFINITY,
  };
}
