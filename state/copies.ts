import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { OutsideError } from "../engine/model/errors.js";
import type { Encryption } from "./cipher.js";
import type { Keyring } from "./keyring.js";
import { readCover } from "./opening.js";
import { type StateFiles, stateFiles } from "./state-files.js";

/** What a repair has replaced: the end of its name, before the time. */
export const DAMAGED = ".damaged-";

/** A backup that was no earlier version of the state: the end of its name, before a mark of its content. */
export const KEPT = ".kept-";

/** By what a copy is protected; `current`: as what is written now; `other`: a passphrase that was not given; `unknown`: its beginning is damaged. */
export type Protection = "current" | "former" | "other" | "plain" | "unknown";

/** A copy beside a state, which no run reads, writes or removes. */
export interface Copy {
  readonly path: string;
  /** How it is encrypted, as far as its beginning tells. */
  readonly cover: Encryption | "plain" | "unknown";
}

/** The copies beside a state, sorted by name. */
export async function copiesOf(files: StateFiles): Promise<readonly Copy[]> {
  const folder = dirname(files.state);
  const names = await readdir(folder).catch(() => []);
  const stems = [files.state, files.backup, files.journal].map((it) => basename(it));
  const starts = [...stems.map((it) => `${it}${DAMAGED}`), `${basename(files.backup)}${KEPT}`];
  const found = names.filter((name) => starts.some((start) => name.startsWith(start)));
  const paths = found.toSorted().map((name) => join(folder, name));
  return Promise.all(
    paths.map(async (path) => ({ path, cover: (await readCover(path)) ?? "unknown" })),
  );
}

/** The copies beside a state, and by what each is protected; derives the key of each. */
export async function protectedCopies(
  path: string,
  keys: Keyring,
): Promise<readonly { readonly path: string; readonly protection: Protection }[]> {
  const found: { readonly path: string; readonly protection: Protection }[] = [];
  for (const copy of await copiesOf(await stateFiles(path)))
    found.push({ path: copy.path, protection: await protectionOf(copy, keys) });
  return found;
}

async function protectionOf({ path, cover }: Copy, keys: Keyring): Promise<Protection> {
  if (cover === "plain") return keys.isCurrent(undefined) ? "current" : "plain";
  if (cover === "unknown") return "unknown";
  try {
    await keys.reading(cover, path);
    return keys.isCurrent(cover) ? "current" : "former";
  } catch (error) {
    if (error instanceof OutsideError && error.code.endsWith("-passphrase")) return "other";
    throw error;
  }
}
