import { spawn } from "node:child_process";
import { OutsideError } from "../model/errors.js";
import type { Commands } from "../model/runtime.js";
import { atExit } from "./at-exit.js";
import { OWN_GROUP, stopGroup } from "./process-group.js";
import type { SystemOptions } from "./system-options.js";

/** How long a command may take with a secret, in milliseconds. */
const TIME_LIMIT = 60_000;

/** This machine's programs. */
export function systemCommands(
  { folder, env }: SystemOptions,
  timeLimit: number = TIME_LIMIT,
): Commands {
  return {
    feed: async ([program = "", ...args], secret) => {
      const failure = await run({ program, args, folder, env, secret, timeLimit });
      if (failure) throw commandFailed(program, failure);
    },
  };
}

interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: SystemOptions["env"];
  readonly secret: string;
  readonly timeLimit: number;
}

/** Why a command has not taken a secret. */
interface Failure {
  /** In words that follow the program's name. */
  readonly what: string;
  /** Whether it was started, and may have had something to say. */
  readonly started: boolean;
}

/** Answers undefined where it has taken the secret. */
function run({ program, args, folder, env, secret, timeLimit }: Run): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    let isLate = false;
    // What it prints might be the secret, in whatever spelling: nobody gets to see it.
    const child = spawn(program, args, {
      cwd: folder,
      env,
      stdio: ["pipe", "ignore", "ignore"],
      ...OWN_GROUP,
    });
    const unbind = atExit(() => stopGroup(child));
    const timer = setTimeout(() => {
      isLate = true;
      stopGroup(child);
    }, timeLimit);
    const end = (what?: string, started = true) => {
      clearTimeout(timer);
      unbind();
      resolve(what === undefined ? undefined : { what, started });
    };
    child.on("error", (error: NodeJS.ErrnoException) =>
      end(`cannot be started (${error.code ?? error.message})`, false),
    );
    // It need not read all, or anything: how it ends says whether it has what it wants.
    child.stdin.on("error", () => {});
    child.stdin.end(secret);
    child.on("close", (code, signal) => {
      if (code === 0) end();
      else if (isLate) end(`has not ended within ${timeLimit / 1000} s, and was stopped`);
      else end(signal === null ? `ended with ${code}` : `was ended by ${signal}`);
    });
  });
}

function commandFailed(program: string, { what, started }: Failure): OutsideError {
  const words = `Nothing that ${program} prints is shown, since it has the secret: to see its words, run it by hand with something harmless on its standard input, or let it write a log of its own. `;
  const mend = `Mend what keeps ${program} from taking the secret, and apply again.`;
  return new OutsideError("command-failed", `${program} ${what}`, {
    help: `${started ? words : ""}${mend}`,
  });
}
