import type { Address } from "../../../engine/model/address.js";
import { OutsideError, UndeliveredError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { mayReplace } from "../secret/place.js";
import { describePlace, type KeyPlace, stagingPathOf } from "./key-place.js";
import { unstageKey } from "./staged-key.js";

/**
 * Brings a staged private key to its place, and then removes the staged one. Where that fails the
 * staged key stays, and the next apply delivers it. Answers what the user should know.
 */
export async function deliverKey(
  { files, commands }: Runtime,
  address: Address,
  place: KeyPlace,
  content: string,
): Promise<readonly string[]> {
  const staged = stagingPathOf(address, place);
  try {
    if (place.kind === "command") await commands.feed(place.command, content);
    else await writeKey(files, place.path, content);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const kept = `The private key is kept in ${staged}, and the next apply delivers it.`;
    throw new UndeliveredError(error, kept);
  }
  await unstageKey(files, address, place);
  const verb = place.kind === "file" ? "written" : "given";
  return [`private key ${verb} to ${describePlace(place)}`];
}

async function writeKey(files: Runtime["files"], path: string, content: string): Promise<void> {
  if (await files.createSecret(path, content)) return;
  const there = await files.look(path);
  const isSame = there.kind === "file" && new TextDecoder().decode(there.bytes) === content;
  if (isSame) return;
  if (mayReplace(files, path)) return files.replaceSecret(path, content);
  throw new OutsideError("file-error", `${path} is there already`, {
    help: `move ${path} away, or give --replace-secret-file ${path}`,
  });
}
