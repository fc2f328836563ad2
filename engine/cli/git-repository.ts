import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import type { Kept, Repository } from "../model/repository.js";
import { GitFailed, type GitPlace, runGit } from "./git-process.js";

/** Milliseconds: a warning is not worth more. */
const PATIENCE = 2000;

/** By these git, where it runs something, names a repository to it, and not that of the files in question. */
const OTHER_REPOSITORY: ReadonlySet<string> = new Set([
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_WORK_TREE",
]);

/** Asks git, once for all files of a repository; where there is none, nothing is started. */
export function gitRepository(env: GitPlace["env"]): Repository {
  const kept = Object.entries(env).filter(([name]) => !OTHER_REPOSITORY.has(name));
  return {
    keeps: async (paths) => {
      const found = await Promise.all(
        [...(await byRoot(paths))].map(([folder, files]) =>
          keptIn({ folder, env: Object.fromEntries(kept) }, files),
        ),
      );
      return new Map(found.flat());
    },
  };
}

/** The files of each work tree: by their path in it the path that was asked for. */
type Files = Map<string, string>;

async function byRoot(paths: readonly string[]): Promise<ReadonlyMap<string, Files>> {
  const roots = new Map<string, Files>();
  for (const path of paths) {
    // Git refuses paths through links.
    const folder = await realFolder(dirname(path));
    const root = folder === undefined ? undefined : rootAbove(folder);
    if (folder === undefined || root === undefined) continue;
    const files = roots.get(root) ?? new Map();
    roots.set(root, files.set(nameIn(root, join(folder, basename(path))), path));
  }
  return roots;
}

/** As git spells it. */
function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}

/** A folder without links, whether it exists already or will be made. */
async function realFolder(folder: string): Promise<string | undefined> {
  try {
    return await realpath(folder);
  } catch {
    const above = dirname(folder);
    const real = above === folder ? undefined : await realFolder(above);
    return real === undefined ? undefined : join(real, basename(folder));
  }
}

function rootAbove(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : rootAbove(above);
}

async function keptIn(place: GitPlace, files: Files): Promise<readonly [string, Kept][]> {
  try {
    const ignored = await ignoredOf(place, [...files.keys()]);
    const others = [...files].filter(([name]) => !ignored.has(name));
    if (others.length === 0) return [];
    const tracked = await trackedOf(
      place,
      others.map(([name]) => name),
    );
    return others.map(([name, path]) => [path, tracked.has(name) ? "tracked" : "not-ignored"]);
  } catch (error) {
    if (error instanceof GitFailed) return [];
    throw error;
  }
}

/** What git has already is none of them, whatever the patterns say. */
async function ignoredOf(place: GitPlace, names: readonly string[]): Promise<ReadonlySet<string>> {
  // A name behind `./` is never a pattern. The command ends with 1 where it names none.
  const input = names.map((it) => `./${it}\0`).join("");
  const bounds = { timeout: PATIENCE, good: [0, 1] };
  const printed = await runGit(place, ["check-ignore", "-z", "--stdin"], input, bounds);
  return new Set(namesIn(printed).map((it) => it.slice(2)));
}

async function trackedOf(place: GitPlace, names: readonly string[]): Promise<ReadonlySet<string>> {
  const args = ["--literal-pathspecs", "ls-files", "-z", "--", ...names];
  return new Set(namesIn(await runGit(place, args, "", { timeout: PATIENCE })));
}

function namesIn(printed: Buffer): readonly string[] {
  return printed.toString().split("\0");
}
