import { spawn } from "node:child_process";
import { once } from "node:events";
import { MAX_BYTES } from "./files.js";

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

/** The repository that a folder is in. Nothing of it is run: no hook, no filter, no monitor. */
export class Git {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where the folder is in no repository, or there is no git. */
  static async open(folder: string): Promise<Git | undefined> {
    const git = new Git(folder);
    return (await git.#run(["rev-parse", "--git-dir"])) && git;
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

  /** Every version of every file below the folder in any branch or tag, each content once. */
  async *versions(): AsyncGenerator<Version> {
    const paths = await this.#paths();
    const blobs = await this.#blobs([...paths.keys()]);
    const pathOf = ({ id }: Blob) => paths.get(id) ?? "";
    for (const blob of blobs.filter(({ size }) => size > MAX_BYTES)) {
      yield { id: blob.id, path: pathOf(blob) };
    }
    for (const chunk of chunksOf(blobs.filter(({ size }) => size <= MAX_BYTES))) {
      const ids = chunk.map(({ id }) => `${id}\n`).join("");
      const answer = (await this.#run(["cat-file", "--batch"], ids)) ?? Buffer.alloc(0);
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
    const commits = await this.#text(["log", "--all", "--format=%h", `--find-object=${id}`]);
    return commits.trim().split("\n").at(-1) || "no commit";
  }

  /** The objects below the folder by id, with their paths as the folder sees them. */
  async #paths(): Promise<ReadonlyMap<string, string>> {
    const prefix = (await this.#text(["rev-parse", "--show-prefix"])).trim();
    const objects = await this.#text(["rev-list", "--objects", "--all", "--", "."]);
    const pairs = objects.split("\n").flatMap((line): readonly [string, string][] => {
      const [, id, path] = /^([0-9a-f]+) (.+)$/u.exec(line) ?? [];
      const isBelow = id !== undefined && path?.startsWith(prefix) === true;
      return isBelow ? [[id, path.slice(prefix.length)]] : [];
    });
    return new Map(pairs);
  }

  async #blobs(ids: readonly string[]): Promise<readonly Blob[]> {
    const asked = ids.map((id) => `${id}\n`).join("");
    const answer = (await this.#run(["cat-file", "--batch-check"], asked))?.toString() ?? "";
    return [...answer.matchAll(/^([0-9a-f]+) blob (\d+)$/gmu)].map(([, id = "", size]) => ({
      id,
      size: Number(size),
    }));
  }

  async #text(args: readonly string[]): Promise<string> {
    return (await this.#run(args))?.toString() ?? "";
  }

  /** Undefined where git fails or is not there. */
  async #run(args: readonly string[], input = ""): Promise<Buffer | undefined> {
    const settings = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];
    const child = spawn("git", ["-C", this.#folder, ...settings, ...args], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    try {
      const [code] = await once(child, "close");
      return code === 0 ? Buffer.concat(parts) : undefined;
    } catch {
      return undefined;
    }
  }
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
