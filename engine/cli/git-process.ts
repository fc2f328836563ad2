import { spawn } from "node:child_process";
import { once } from "node:events";
import type { World } from "./world.js";

/** Git is not there, or does not read the repository; the message is its own. */
export class GitFailed extends Error {}

/** What a repository's own settings could run, and must not. */
const SETTINGS = ["core.fsmonitor=false", "core.quotePath=false", "log.showSignature=false"];
/** No transport is of that name: what a partial clone lacks is not fetched, by whatever command. */
const NO_TRANSPORT = { GIT_ALLOW_PROTOCOL: "none" };
/** What stands in the place of an object by `git replace` is not what others get. */
const AS_IT_IS = { GIT_NO_REPLACE_OBJECTS: "1" };

/** Characters of git's complaint. */
const MAX_COMPLAINT = 400;

/** Where git is run. */
export interface GitPlace {
  readonly folder: string;
  readonly env: World["env"];
}

export interface GitBounds {
  /** Milliseconds after which it is stopped; absent: it is waited for. */
  readonly timeout?: number;
  /** How it may end; by default with 0 alone. */
  readonly good?: readonly number[];
}

/** Runs git in a folder, and answers what it prints. Throws {@link GitFailed}. */
export async function runGit(
  { folder, env }: GitPlace,
  args: readonly string[],
  input = "",
  { timeout, good = [0] }: GitBounds = {},
): Promise<Buffer> {
  const settings = SETTINGS.flatMap((it) => ["-c", it]);
  const child = spawn("git", ["-C", folder, ...settings, ...args], {
    env: { ...env, ...NO_TRANSPORT, ...AS_IT_IS },
    ...(timeout !== undefined && { timeout, killSignal: "SIGKILL" }),
  });
  const parts: Buffer[] = [];
  let complaint = "";
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(0, MAX_COMPLAINT);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [code] = await once(child, "close").catch((error) => {
    throw new GitFailed(`git cannot be started (${error.code})`);
  });
  if (good.includes(code)) return Buffer.concat(parts);
  throw new GitFailed(complaint.split("\n", 1)[0] || `git ended with ${code}`);
}
