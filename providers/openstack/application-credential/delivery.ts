import { OutsideError } from "../../../engine/model/errors.js";
import type { Files } from "../../../engine/model/runtime.js";
import { mayReplace } from "../secret/place.js";
import { cloudsYaml } from "./clouds-yaml.js";
import type { DeliveredCredential, DeliveryFormat, Occupant } from "./delivered-credential.js";
import { envFile } from "./env-file.js";
import { jsonFile } from "./json-file.js";
import { openrc } from "./openrc.js";
import { describeTarget, type FileTarget, type Format } from "./target.js";
import { inTurn } from "./turn.js";

const FORMATS: Readonly<Record<Format, DeliveryFormat>> = {
  clouds_yaml: cloudsYaml,
  openrc,
  json: jsonFile,
  env: envFile,
};

/** A credential in a format, alone. */
export function render(
  format: Format,
  credential: DeliveredCredential,
  cloud: string | undefined,
): string {
  return FORMATS[format].render(credential, cloud ?? "", undefined);
}

/** The secret of the credential that a text holds, whoever's it is. */
export function secretIn({ format, cloud }: FileTarget, text: string): string | undefined {
  return FORMATS[format].secretIn(text, cloud ?? "");
}

/** What stands at a place; undefined where it is free. */
export async function occupantOf(files: Files, target: FileTarget): Promise<Occupant | undefined> {
  const place = await files.look(target.path);
  if (place.kind === "nothing" || place.kind === "outside") return undefined;
  if (place.kind === "taken") return { words: place.what, isNoFile: true };
  const text = decode(place.bytes);
  if (text === undefined) return { words: "something that is no text" };
  return FORMATS[target.format].occupant(text, target.cloud ?? "");
}

/**
 * Writes a credential to a place, mode 0600, on disk when it resolves. Throws `file-error` and
 * changes nothing where anything but this credential stands there and may not be replaced.
 */
export function deliver(
  files: Files,
  target: FileTarget,
  credential: DeliveredCredential,
): Promise<void> {
  return inTurn(files, target.path, async () => {
    const cloud = target.cloud ?? "";
    const { shared } = FORMATS[target.format];
    const alone = render(target.format, credential, cloud);
    if ((await files.look(target.path)).kind === "nothing") {
      if (await files.createSecret(target.path, alone)) return;
    }
    refuseOthers(files, target, await occupantOf(files, target), credential.id);
    const before = shared ? await readText(files, target.path) : undefined;
    const text = FORMATS[target.format].render(credential, cloud, before);
    await files.replaceSecret(target.path, text);
  });
}

/**
 * Removes a credential that is no more from a place, if it is still there. Answers what was done, or
 * why not; undefined where the place is free, or another credential's.
 */
export function withdraw(
  files: Files,
  target: FileTarget,
  id: string,
): Promise<string | undefined> {
  return inTurn(files, target.path, async () => {
    const occupant = await occupantOf(files, target);
    if (!occupant || ("id" in occupant && occupant.id !== id)) return undefined;
    if (!("id" in occupant)) return `${describeTarget(target)} stays: it holds ${occupant.words}`;
    const text = await readText(files, target.path);
    const rest = FORMATS[target.format].erase(text ?? "", target.cloud ?? "");
    if (rest === undefined) await files.remove(target.path);
    else await files.replaceSecret(target.path, rest);
    return withdrawnNote(target);
  });
}

export function withdrawnNote(target: FileTarget): string {
  return `secret removed from ${describeTarget(target)}`;
}

/** Throws `file-error` where something stands at a place that is not the credential and may not be replaced. */
export function refuseOthers(
  files: Files,
  target: FileTarget,
  occupant: Occupant | undefined,
  id?: string,
): void {
  if (!occupant || ("id" in occupant && occupant.id === id)) return;
  if (mayReplace(files, target.path) && !("isNoFile" in occupant)) return;
  throw new OutsideError(
    "file-error",
    `${describeTarget(target)} holds ${describeOccupant(occupant)}`,
    {
      help: `Move it away, change write_to.${target.format}, or say --replace-secret-file ${target.path}.`,
    },
  );
}

/** What stands at a place, in words. */
export function describeOccupant(occupant: Occupant): string {
  return "id" in occupant ? `the application credential ${occupant.id}` : occupant.words;
}

/** The text of a file; undefined where there is no file, and where it is no text. */
async function readText(files: Files, path: string): Promise<string | undefined> {
  const place = await files.look(path);
  return place.kind === "file" ? decode(place.bytes) : undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
