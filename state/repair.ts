import { constants } from "node:fs";
import { chmod, copyFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { StateLock } from "../engine/model/state.js";
import { DAMAGED } from "./copies.js";
import { errnoOf, fileError, replaceWhole, syncFile, syncFolder } from "./disk.js";
import { UNMOVED } from "./fence.js";
import type { Keyring } from "./keyring.js";
import { makePrivate } from "./privacy.js";
import type { Repair } from "./repair-decision.js";
import { formatState } from "./state-file.js";
import type { Survey } from "./survey.js";

/** With what a repair is carried out. */
export interface RepairTools {
  readonly keys: Keyring;
  /** Of the state, held by this run. */
  readonly lock: StateLock;
  /** When: the end of the copies' names. */
  readonly now: Date;
}

/**
 * Mends a state as decided: copies first, then the state whole, then what it makes needless. Answers the
 * copies. Killed anywhere, it can be done again. Throws `file-error` and `lock-lost`.
 */
export async function carryOutRepair(
  { files, state }: Survey,
  { snapshot, removed, lineage, closed }: Repair,
  { keys, lock, now }: RepairTools,
): Promise<readonly string[]> {
  const isReplaced = snapshot !== undefined && state.kind !== "absent";
  const touched = [...new Set([...(isReplaced ? [files.state] : []), ...removed])];
  try {
    await lock.confirm();
    await makePrivate(closed, lineage, () => {});
    const copies: string[] = [];
    for (const path of touched) copies.push(await copyAside(path, now));
    const temporary = `${files.state}.repair${UNMOVED}`;
    const confirm = () => lock.confirm();
    if (snapshot) {
      const content = formatState(snapshot, await keys.writing());
      await replaceWhole({ path: files.state, temporary, content, confirm });
    }
    await lock.confirm();
    for (const path of removed) await rm(path, { force: true });
    await syncFolder(dirname(files.state));
    return copies;
  } catch (error) {
    throw fileError(`repair the state ${files.state}`, error);
  }
}

/** No copy takes the place of another, however soon it follows. */
async function copyAside(path: string, now: Date): Promise<string> {
  const stem = `${path}${DAMAGED}${now.toISOString().replaceAll(/[-:]|\.\d+/gu, "")}`;
  for (let number = 1; ; number += 1) {
    const copy = number === 1 ? stem : `${stem}-${number}`;
    if (!(await copyTo(path, copy))) continue;
    await chmod(copy, 0o600);
    await syncFile(copy);
    await syncFolder(dirname(copy));
    return copy;
  }
}

async function copyTo(path: string, copy: string): Promise<boolean> {
  try {
    await copyFile(path, copy, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  }
}
