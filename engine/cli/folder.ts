import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { errnoOf, fileError } from "../../state/disk.js";
import { NotReadable, readWhole } from "../../state/read-whole.js";
import { MAX_FILE_BYTES, type RawFile } from "../config/decode-file.js";
import { OutsideError } from "../model/errors.js";
import { readInput } from "./read-input.js";
import { telling } from "./system-files.js";

/**
 * The configuration's files: `*.yaml` and `*.yml`, but no hidden file and no file of variables. One
 * that cannot be read, such as a link that leads nowhere, is among them with the reason.
 */
export async function configurationFiles(folder: string): Promise<readonly RawFile[]> {
  const names = await filesIn(folder);
  const wanted = names.filter((name) => /^[^.].*\.ya?ml$/u.test(name) && !isVariables(name)).sort();
  return Promise.all(wanted.map((name) => readOrTell(join(folder, name), name)));
}

/** The files that `--var-file` names, by the path as given. */
export async function variableFiles(
  cwd: string,
  paths: readonly string[],
): Promise<readonly RawFile[]> {
  return Promise.all(paths.map((path) => readOne(path, () => readInput(resolve(cwd, path)))));
}

function isVariables(name: string): boolean {
  return /\.vars\.ya?ml$/u.test(basename(name));
}

/** The names of files and of links, which may lead to files. */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((it) => it.isFile() || it.isSymbolicLink()).map((it) => it.name);
  } catch (cause) {
    const reason = REASONS[errnoOf(cause) ?? ""];
    if (reason === undefined) throw fileError(`read the folder ${folder}`, cause);
    throw new OutsideError("file-error", `cannot read the folder ${folder}: ${reason}`, {
      cause,
      help: "Name the configuration's folder with --dir.",
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "it is no folder",
};

async function readOrTell(path: string, name: string): Promise<RawFile> {
  try {
    return await readOne(name, () => readWhole(path, MAX_FILE_BYTES));
  } catch (error) {
    if (error instanceof OutsideError) return { path: name, problem: error.message };
    throw error;
  }
}

async function readOne(
  name: string,
  read: () => Promise<Uint8Array | undefined>,
): Promise<RawFile> {
  const file = await telling(`read ${name}`, async (): Promise<RawFile | undefined> => {
    try {
      const bytes = await read();
      return bytes && { path: name, bytes };
    } catch (error) {
      if (error instanceof NotReadable && error.bytes !== undefined)
        return { path: name, size: error.bytes };
      throw error;
    }
  });
  if (!file) throw new OutsideError("file-error", `cannot read ${name}: there is no such file`);
  return file;
}
