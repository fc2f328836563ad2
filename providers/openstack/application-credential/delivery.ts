import { OutsideError } from "../../../engine/model/errors.js";
import type { Files } from "../../../engine/model/runtime.js";
import { cloudsYaml } from "./clouds-yaml.js";
import type { DeliveredCredential, DeliveryFormat, Occupant } from "./delivered-credential.js";
import { envFile } from "./env-file.js";
import { jsonFile } from "./json-file.js";
import { openrc } from "./openrc.js";
import { describeTarget, type Format, type Target } from "./target.js";
import { inTurn } from "./turn.js";

const FORMATS: Readonly<Record<Format, DeliveryFormat>> = {
  clouds_yaml: cloudsYaml,
  openrc,
  json: jsonFile,
  env: envFile,
};

/** What stands at a place; undefined where it is free. Throws where the file cannot be read. */
export async function occupantOf(files: Files, target: Target): Promise<Occupant | undefined> {
  const bytes = await files.read(target.path);
  if (bytes === undefined) return undefined;
  const text = decode(bytes);
  if (text === undefined) return { words: "something that is no text" };
  return FORMATS[target.format].occupant(text, target.cloud ?? "");
}

/**
 * Writes a credential to a place, mode 0600, on disk when it resolves. Throws `file-error` and
 * changes nothing where anything but this credential stands there.
 */
export function deliver(
  files: Files,
  target: Target,
  credential: DeliveredCredential,
): Promise<void> {
  return inTurn(files, target.path, async () => {
    const { render, shared } = FORMATS[target.format];
    const cloud = target.cloud ?? "";
    if ((await files.read(target.path)) === undefined) {
      if (await files.createSecret(target.path, render(credential, cloud, undefined))) return;
    }
    refuseOthers(target, await occupantOf(files, target), credential.id);
    const before = shared ? await readText(files, target.path) : undefined;
    await files.replaceSecret(target.path, render(credential, cloud, before));
  });
}

/** Removes a credential that is no more from a place, if it is still there. */
export function withdraw(files: Files, target: Target, id: string): Promise<void> {
  return inTurn(files, target.path, async () => {
    const occupant = await occupantOf(files, target);
    if (!occupant || !("id" in occupant) || occupant.id !== id) return;
    const text = await readText(files, target.path);
    const rest = FORMATS[target.format].erase(text ?? "", target.cloud ?? "");
    if (rest === undefined) await files.remove(target.path);
    else await files.replaceSecret(target.path, rest);
  });
}

/** Throws `file-error` where something other than the credential of this id stands at a place. */
export function refuseOthers(target: Target, occupant: Occupant | undefined, id?: string): void {
  if (!occupant || ("id" in occupant && occupant.id === id)) return;
  throw new OutsideError(
    "file-error",
    `${describeTarget(target)} holds ${describeOccupant(occupant)}`,
    { help: `Move it away, or change write_to.${target.format}.` },
  );
}

/** What stands at a place, in words. */
export function describeOccupant(occupant: Occupant): string {
  return "id" in occupant ? `the application credential ${occupant.id}` : occupant.words;
}

/** The text of a file; undefined where there is no file, and where it is no text. */
async function readText(files: Files, path: string): Promise<string | undefined> {
  const bytes = await files.read(path);
  return bytes && decode(bytes);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
