import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { OutsideError } from "../model/errors.js";

/** A file as it lies there. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The configuration's files: `*.yaml` and `*.yml`, but no hidden file and no file of variables. */
export async function configurationFiles(folder: string): Promise<readonly FoundFile[]> {
  const names = await namesIn(folder);
  const wanted = names.filter((name) => /^[^.].*\.ya?ml$/u.test(name) && !isVariables(name)).sort();
  const files = wanted.map((name) => readOne(join(folder, name), name));
  return (await Promise.all(files)).filter((it) => it !== undefined);
}

/** The files that `--var-file` names, by the path as given. */
export async function variableFiles(
  cwd: string,
  paths: readonly string[],
): Promise<readonly FoundFile[]> {
  const files = paths.map(async (path) => {
    const file = await readOne(resolve(cwd, path), path);
    if (!file) throw new OutsideError("file-error", `There is no file of variables ${path}.`);
    return file;
  });
  return Promise.all(files);
}

function isVariables(name: string): boolean {
  return /\.vars\.ya?ml$/u.test(basename(name));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw new OutsideError("file-error", `Cannot read the folder ${folder}: ${reason(cause)}`, {
      cause,
      help: "Name the configuration's folder with --dir.",
    });
  }
}

/** Undefined for what is no file: a folder, a pipe. */
async function readOne(path: string, name: string): Promise<FoundFile | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path: name, bytes: await readFile(path) } : undefined;
  } catch (cause) {
    throw new OutsideError("file-error", `Cannot read ${name}: ${reason(cause)}`, { cause });
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
