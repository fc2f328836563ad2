import { spawn } from "node:child_process";
import { OutsideError } from "../model/errors.js";
import type { Commands } from "../model/runtime.js";
import { HIDDEN } from "../model/value.js";
import type { SystemOptions } from "./system-options.js";

/** How long a command may take with a secret, in milliseconds. */
const TIME_LIMIT = 60_000;
/** Characters of a command's complaint that are told. */
const COMPLAINT = 400;
/** A run of so many characters of a secret gives something of it away. */
const TELLING = /[A-Za-z0-9+/=_.-]{8,}/gu;

/** This machine's programs. */
export function systemCommands(
  { folder, env }: SystemOptions,
  timeLimit: number = TIME_LIMIT,
): Commands {
  return {
    feed: async ([program = "", ...args], secret) => {
      const { ending, complaint } = await run({ program, args, folder, env, secret, timeLimit });
      if (ending === undefined) return;
      const said = withoutSecret(complaint, secret);
      throw new OutsideError(
        "command-failed",
        `${program} ${ending}${said === "" ? "" : `: ${said}`}`,
        { help: `Mend what keeps ${program} from taking the secret, and apply again.` },
      );
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

interface Ending {
  /** Why it failed; undefined where it did not. */
  readonly ending?: string;
  readonly complaint: string;
}

function run({ program, args, folder, env, secret, timeLimit }: Run): Promise<Ending> {
  return new Promise((resolve) => {
    let complaint = "";
    let isLate = false;
    // What it prints to standard output might be the secret: nobody gets to see it.
    const child = spawn(program, args, {
      cwd: folder,
      env,
      stdio: ["pipe", "ignore", "pipe"],
    });
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
      // A grandchild may hold the pipe: nobody waits for it.
      child.stderr.destroy();
    }, timeLimit);
    const end = (ending: string | undefined) => {
      clearTimeout(timer);
      resolve({ complaint, ...(ending !== undefined && { ending }) });
    };
    child.on("error", (error: NodeJS.ErrnoException) =>
      end(`cannot be started (${error.code ?? error.message})`),
    );
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = `${complaint}${text}`.slice(0, 10_000);
    });
    // It need not read all, or anything: how it ends says whether it has what it wants.
    child.stdin.on("error", () => {});
    child.stdin.end(secret);
    child.on("close", (code, signal) => {
      if (isLate) end(`has not ended within ${timeLimit / 1000} s, and was stopped`);
      else if (signal !== null) end(`was ended by ${signal}`);
      else end(code === 0 ? undefined : `ended with ${code}`);
    });
  });
}

/** The first words of a complaint, on one line, without any piece of the secret. */
function withoutSecret(complaint: string, secret: string): string {
  let text = complaint;
  for (const piece of new Set(secret.match(TELLING))) text = text.replaceAll(piece, HIDDEN);
  text = text.replaceAll(TELLING, (word) => (secret.includes(word) ? HIDDEN : word));
  return text.replace(/\s+/gu, " ").trim().slice(0, COMPLAINT);
}
