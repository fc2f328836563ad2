import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { World } from "../world.js";
import { MAX_BYTES } from "./files.js";

/** Git is not there, or does not read the repository; the message is its own. */
export class GitFailed extends Error {}

/** A version of a file that git remembers. */
export interface Version {
  /** Git's name of its content. */
  readonly id: string;
  /** As the folder sees it. */
  readonly path: string;
  /** Absent where it is too large to be looked into. */
  readonly text?: string;
}

interface Blob {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

const CHUNK_BYTES = 32 * 1024 * 1024;

/** What a repository's own settings could run, and must not. */
const SETTINGS = ["core.fsmonitor=false", "core.quotePath=false", "log.showSignature=false"];
/** No transport is of that name: what a partial clone lacks is not fetched, by whatever command. */
const NO_TRANSPORT = { GIT_ALLOW_PROTOCOL: "none" };

/** Commits of every branch and tag, those of merged branches and amended ones too, and what is staged. */
const ALL = ["--all", "--reflog", "--full-history", "--indexed-objects"];

/**
 * The repository that a folder is in. Nothing of it is run: no hook, no filter, no monitor, no transport.
 * Its methods throw {@link GitFailed}.
 */
export class Git {
  readonly #folder: string;
  readonly #env: World["env"];

  private constructor(folder: string, env: World["env"]) {
    this.#folder = folder;
    this.#env = env;
  }

  /** Undefined where the folder is in no repository. */
  static async open(folder: string, env: World["env"]): Promise<Git | undefined> {
    const git = new Git(folder, env);
    try {
      await git.#run(["rev-parse", "--git-dir"]);
      return git;
    } catch (error) {
      if (isInRepository(folder)) throw error;
      return undefined;
    }
  }

  /** The files that git keeps, as the folder sees them. */
  async tracked(): Promise<ReadonlySet<string>> {
    const names = await this.#text(["ls-files", "-z", "--", "."]);
    return new Set(names.split("\0").filter((it) => it !== ""));
  }

  /** Whether older commits are missing here. */
  async isShallow(): Promise<boolean> {
    return (await this.#text(["rev-parse", "--is-shallow-repository"])).trim() === "true";
  }

  /** Every version of every file below the folder in any branch or tag, and staged ones, each content once. */
  async *versions(): AsyncGenerator<Version> {
    const paths = await this.#paths();
    const blobs = await this.#blobs([...paths.keys()]);
    const pathOf = ({ id }: Blob) => paths.get(id) ?? "";
    for (const blob of blobs.filter(({ size }) => size > MAX_BYTES)) {
      yield { id: blob.id, path: pathOf(blob) };
    }
    for (const chunk of chunksOf(blobs.filter(({ size }) => size <= MAX_BYTES))) {
      const ids = chunk.map(({ id }) => `${id}\n`).join("");
      const answer = await this.#run(["cat-file", "--batch"], ids);
      let place = 0;
      for (const blob of chunk) {
        // Each is `ID blob SIZE`, a line feed, the content and a line feed.
        const start = answer.indexOf(10, place) + 1;
        place = start + blob.size + 1;
        yield {
          id: blob.id,
          path: pathOf(blob),
          text: answer.toString("latin1", start, place - 1),
        };
      }
    }
  }

  /** The first commit with a version, in short. */
  async commitOf({ id }: Pick<Version, "id">): Promise<string> {
    const commits = await this.#text([
      "log",
      "--all",
      "--reflog",
      "-m",
      "--format=%h",
      `--find-object=${id}`,
    ]);
    return commits.trim().split("\n").at(-1) || "none yet: it is staged";
  }

  /** The objects below the folder by id, with their paths as the folder sees them. */
  async #paths(): Promise<ReadonlyMap<string, string>> {
    const prefix = (await this.#text(["rev-parse", "--show-prefix"])).trim();
    const objects = await this.#text(["rev-list", "--objects", ...ALL, "--", "."]);
    const pairs = objects.split("\n").flatMap((line): readonly [string, string][] => {
      const [, id, path] = /^([0-9a-f]+) (.+)$/u.exec(line) ?? [];
      const isBelow = id !== undefined && path?.startsWith(prefix) === true;
      return isBelow ? [[id, path.slice(prefix.length)]] : [];
    });
    return new Map(pairs);
  }

  async #blobs(ids: readonly string[]): Promise<readonly Blob[]> {
    const asked = ids.map((id) => `${id}\n`).join("");
    const answer = (await this.#run(["cat-file", "--batch-check"], asked)).toString();
    return [...answer.matchAll(/^([0-9a-f]+) blob (\d+)$/gmu)].map(([, id = "", size]) => ({
      id,
      size: Number(size),
    }));
  }

  async #text(args: readonly string[]): Promise<string> {
    return (await this.#run(args)).toString();
  }

  async #run(args: readonly string[], input = ""): Promise<Buffer> {
    const settings = SETTINGS.flatMap((it) => ["-c", it]);
    const child = spawn("git", ["-C", this.#folder, ...settings, ...args], {
      env: { ...this.#env, ...NO_TRANSPORT },
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
    if (code === 0) return Buffer.concat(parts);
    throw new GitFailed(complaint.split("\n", 1)[0] || `git ended with ${code}`);
  }
}

/** Characters of git's complaint. */
const MAX_COMPLAINT = 400;

function isInRepository(folder: string): boolean {
  if (existsSync(join(folder, ".git"))) return true;
  const above = dirname(folder);
  return above !== folder && isInRepository(above);
}

function chunksOf(blobs: readonly Blob[]): readonly (readonly Blob[])[] {
  const chunks: Blob[][] = [];
  let room = 0;
  for (const blob of blobs) {
    if (blob.size > room || chunks.length === 0) {
      chunks.push([]);
      room = CHUNK_BYTES;
    }
    chunks.at(-1)?.push(blob);
    room -= blob.size;
  }
  return chunks;
}
