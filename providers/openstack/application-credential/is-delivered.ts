import type { Files } from "../../../engine/model/runtime.js";
import { occupantOf } from "./delivery.js";
import { markOf } from "./sealed-file.js";
import type { FileTarget, Targets } from "./target.js";

/** Whether a secret has reached all of its files. */
export async function isDelivered(files: Files, targets: Targets, id: string): Promise<boolean> {
  const found = await Promise.all(targets.files.map((it) => isAt(files, it, targets, id)));
  return found.every(Boolean);
}

/** Whether a secret has reached a file. */
export async function isAt(
  files: Files,
  target: FileTarget,
  { recipients }: Targets,
  id: string,
): Promise<boolean> {
  // An encrypted file comes to its place when the credential is made: then it is this one.
  if (recipients.length > 0) return (await markOf(files, target.path)) !== undefined;
  const occupant = await occupantOf(files, target);
  return occupant !== undefined && "id" in occupant && occupant.id === id;
}
