import { createHash } from "node:crypto";
import { OutsideError } from "../../../engine/model/errors.js";
import type { Files } from "../../../engine/model/runtime.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import { mayReplace } from "../secret/place.js";
import { withdrawnNote } from "./delivery.js";
import type { FileTarget } from "./target.js";

/** Writes an encrypted credential to its place. Throws `file-error` where anything else is there and may not be replaced. */
export async function deliverSealed(
  files: Files,
  { path, format }: FileTarget,
  content: string,
): Promise<void> {
  if (await files.createSecret(path, content)) return;
  if ((await markOf(files, path)) === mark(content)) return;
  if (mayReplace(files, path)) return files.replaceSecret(path, content);
  throw new OutsideError("file-error", `${path} is there already`, {
    help: `Move it away, change write_to.${format}, or say --replace-secret-file ${path}.`,
  });
}

/** Marks of the encrypted files as they are, by which they are known although nobody here can read them. */
export async function sealedMarks(
  files: Pick<Files, "look">,
  targets: readonly FileTarget[],
): Promise<JsonObject> {
  const marks = await Promise.all(
    targets.map(async ({ path, format }) => [format, (await markOf(files, path)) ?? null] as const),
  );
  return Object.fromEntries(marks);
}

/** As `withdraw`, of an encrypted credential, if its file is as it was delivered. */
export async function withdrawSealed(
  files: Files,
  target: FileTarget,
  marks: unknown,
): Promise<string | undefined> {
  const { path, format } = target;
  const delivered = isObject(marks) ? marks[format] : undefined;
  const there = await markOf(files, path);
  if (there === undefined) return undefined;
  if (there !== delivered) return `${path} stays: nobody here can read what is encrypted in it`;
  await files.remove(path);
  return withdrawnNote(target);
}

/** The mark of the file at a place; undefined where there is none. */
export async function markOf(
  files: Pick<Files, "look">,
  path: string,
): Promise<string | undefined> {
  const place = await files.look(path);
  return place.kind === "file" ? mark(place.bytes) : undefined;
}

/** By which an encrypted file is known again. */
export function mark(content: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("base64url")}`;
}
