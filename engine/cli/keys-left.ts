import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Snapshot } from "../model/state.js";

/** The files of private keys, as declared, that are there although their key pairs are gone. */
export function keysLeft(before: Snapshot, after: Snapshot, folder: string): readonly string[] {
  const used = new Set(keyFiles(after));
  return keyFiles(before).filter((it) => !used.has(it) && existsSync(resolve(folder, it)));
}

function keyFiles({ instances }: Pick<Snapshot, "instances">): readonly string[] {
  return instances.flatMap(({ attributes: { private_key_file: path } }) =>
    typeof path === "string" ? [path] : [],
  );
}
