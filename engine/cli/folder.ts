import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { readWhole } from "../../state/disk.js";
import type { RawFile } from "../config/decode-file.js";
import { OutsideError } from "../model/errors.js";
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
  return Promise.all(paths.map((path) => readOne(resolve(cwd, path), path)));
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
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OutsideError("file-error", `cannot read the folder ${folder}: ${reason}`, {
      cause,
      help: "Name the configuration's folder with --dir.",
    });
  }
}

async function readOrTell(path: string, name: string): Promise<RawFile> {
  try {
    return await readOne(path, name);
  } catch (error) {
    if (error instanceof OutsideError) return { path: name, problem: error.message };
    throw error;
  }
}

async function readOne(path: string, name: string): Promise<RawFile> {
  const bytes = await telling(`read ${name}`, () => readWhole(path));
  if (!bytes) throw new OutsideError("file-error", `cannot read ${name}: there is no such file`);
  return { path: name, bytes };
}
