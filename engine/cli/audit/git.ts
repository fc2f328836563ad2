import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { GitFailed, type GitPlace, runGit } from "../git-process.js";
import type { World } from "../world.js";
import { MAX_BYTES } from "./bounds.js";

/** A version of a file that git remembers. */
export interface Version {
  /** Git's name of its content. */
  readonly id: string;
  /** As the folder sees it. */
  readonly path: string;
  /** Absent where it is too large to be looked into. */
  readonly bytes?: Buffer;
}

/** What somebody wrote about a commit or a tag. */
export interface Message {
  /** `the message of a commit`. */
  readonly what: string;
  /** The commit or the tag, in short. */
  readonly id: string;
  /** Each byte a character. */
  readonly text: string;
}

interface GitObject {
  readonly id: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

const CHUNK_BYTES = 32 * 1024 * 1024;
const SHORT_ID = 12;

/** Commits of every branch and tag, those of merged branches and amended ones too, and what is staged. */
const ALL = ["--all", "--reflog", "--full-history", "--indexed-objects"];

/**
 * The repository that a folder is in. Nothing of it is run: no hook, no filter, no monitor, no transport.
 * Its methods throw {@link GitFailed}.
 */
export class Git {
  readonly #place: GitPlace;

  private constructor(folder: string, env: World["env"]) {
    this.#place = { folder, env };
  }

  /** Undefined where the folder is in no repository. */
  static async open(folder: string, env: World["env"]): Promise<Git | undefined> {
    const git = new Git(folder, env);
    try {
      await git.#text(["rev-parse", "--git-dir"]);
      return git;
    } catch (error) {
      if (!(error instanceof GitFailed) || isInRepository(folder)) throw error;
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
    const objects = await this.#objects([...paths.keys()]);
    const blobs = objects.filter(({ type }) => type === "blob");
    const pathOf = (id: string) => paths.get(id) ?? "";
    for (const { id } of blobs.filter(({ size }) => size > MAX_BYTES)) {
      yield { id, path: pathOf(id) };
    }
    const small = blobs.filter(({ size }) => size <= MAX_BYTES);
    for await (const { id, bytes } of this.#contents(small)) yield { id, path: pathOf(id), bytes };
  }

  /** The messages of all commits, of the whole repository and amended ones too, and of tags. */
  async *messages(): AsyncGenerator<Message> {
    const commits = (await this.#text(["rev-list", "--all", "--reflog"])).split("\n");
    const tags = await this.#tags();
    const objects = await this.#objects([...commits.filter((it) => it !== ""), ...tags.keys()]);
    const written = objects.filter(
      ({ id, type, size }) => size <= MAX_BYTES && (type === "commit" || tags.has(id)),
    );
    for await (const { id, bytes } of this.#contents(written)) {
      const text = bytes.toString("latin1");
      // A blank line ends the headers; those that go on begin with a space.
      const head = text.indexOf("\n\n");
      if (head < 0) continue;
      const tag = tags.get(id);
      const what = `the message of ${tag === undefined ? "a commit" : `tag ${tag}`}`;
      yield { what, id: id.slice(0, SHORT_ID), text: text.slice(head + 2) };
    }
  }

  /** The first commit with a version, in short. */
  async commitOf({ id }: Pick<Version, "id">): Promise<string> {
    const seek = ["log", "--all", "--reflog", "-m", "--format=%h", `--find-object=${id}`];
    const commits = await this.#text(seek);
    return commits.trim().split("\n").at(-1) || "none yet: it is staged";
  }

  /** The names of the tags that have a message, by id. */
  async #tags(): Promise<ReadonlyMap<string, string>> {
    const format = "--format=%(objecttype) %(objectname) %(refname:short)";
    const lines = (await this.#text(["for-each-ref", format, "refs/tags"])).split("\n");
    const pairs = lines.flatMap((line): readonly [string, string][] => {
      const [, id, name] = /^tag (\S+) (.+)$/u.exec(line) ?? [];
      return id !== undefined && name !== undefined ? [[id, name]] : [];
    });
    return new Map(pairs);
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

  async #objects(ids: readonly string[]): Promise<readonly GitObject[]> {
    const asked = ids.map((id) => `${id}\n`).join("");
    const answer = (await runGit(this.#place, ["cat-file", "--batch-check"], asked)).toString();
    return [...answer.matchAll(/^([0-9a-f]+) (\w+) (\d+)$/gmu)].map(
      ([, id = "", type = "", size]) => ({ id, type, size: Number(size) }),
    );
  }

  async *#contents(
    objects: readonly GitObject[],
  ): AsyncGenerator<{ readonly id: string; readonly bytes: Buffer }> {
    for (const chunk of chunksOf(objects)) {
      const ids = chunk.map(({ id }) => `${id}\n`).join("");
      const answer = await runGit(this.#place, ["cat-file", "--batch"], ids);
      let place = 0;
      for (const { id, size } of chunk) {
        // Each is `ID TYPE SIZE`, a line feed, the content and a line feed.
        const start = answer.indexOf(10, place) + 1;
        place = start + size + 1;
        yield { id, bytes: answer.subarray(start, place - 1) };
      }
    }
  }

  async #text(args: readonly string[]): Promise<string> {
    return (await runGit(this.#place, args)).toString();
  }
}

function isInRepository(folder: string): boolean {
  if (existsSync(join(folder, ".git"))) return true;
  const above = dirname(folder);
  return above !== folder && isInRepository(above);
}

function chunksOf(objects: readonly GitObject[]): readonly (readonly GitObject[])[] {
  const chunks: GitObject[][] = [];
  let room = 0;
  for (const object of objects) {
    if (object.size > room || chunks.length === 0) {
      chunks.push([]);
      room = CHUNK_BYTES;
    }
    chunks.at(-1)?.push(object);
    room -= object.size;
  }
  return chunks;
}
