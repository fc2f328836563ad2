import type { Files, Runtime } from "../../../engine/model/runtime.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Occupant } from "./delivered-credential.js";
import { describeOccupant, occupantOf } from "./delivery.js";
import { type PendingSecret, recover } from "./pending-secret.js";
import { mark, markOf } from "./sealed-file.js";
import type { FileTarget, Targets } from "./target.js";

/** What stands at the place of a credential; of an encrypted file its mark, in words. */
export async function placeOf(
  files: Files,
  target: FileTarget,
  { recipients }: Targets,
): Promise<Occupant | undefined> {
  if (recipients.length === 0) return occupantOf(files, target);
  const place = await files.look(target.path);
  if (place.kind === "taken") return { words: place.what, isNoFile: true };
  const mark = await markOf(files, target.path);
  return mark === undefined ? undefined : { words: sealedWords(mark) };
}

/** What is said of an encrypted file, by its mark: whether it is ours. */
export function sealedWords(mark: unknown): string {
  return `an encrypted file (${String(mark)})`;
}

/**
 * What stands at the places of delivery, by format: the id of a credential, or words. What an
 * interrupted run has brought to an encrypted file is none of it.
 */
export async function findOccupied(
  runtime: Runtime,
  pending: PendingSecret,
): Promise<{ readonly occupied?: JsonObject }> {
  const { targets } = pending;
  const found = await Promise.all(
    targets.files.map(async (target) => {
      const occupant = await placeOf(runtime.files, target, targets);
      const words = occupant && ("id" in occupant ? occupant.id : describeOccupant(occupant));
      return words === undefined ? [] : [[target.format, words] as const];
    }),
  );
  const own = found.flat().length > 0 ? await ownWords(runtime, pending) : [];
  const occupied = found.flat().filter(([, words]) => !own.includes(words));
  return occupied.length > 0 ? { occupied: Object.fromEntries(occupied) } : {};
}

async function ownWords(runtime: Runtime, pending: PendingSecret): Promise<readonly string[]> {
  if (pending.targets.recipients.length === 0) return [];
  const left = await recover(pending, runtime);
  return left?.kind === "sealed"
    ? Object.values(left.documents).map((it) => sealedWords(mark(it)))
    : [];
}
