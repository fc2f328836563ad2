import { OutsideError } from "../../../engine/model/errors.js";
import { asText } from "../../../engine/model/expression.js";
import type { Files } from "../../../engine/model/runtime.js";
import type { ValueObject } from "../../../engine/model/value.js";
import type { CreateRequest } from "../../../engine/model/write-request.js";
import type { OpenStack } from "../cloud.js";
import { mayReplace } from "../secret/place.js";
import { recipeOf } from "./algorithm.js";
import { type GeneratedKey, generateKey } from "./generate.js";
import { rememberedKey } from "./keep-key.js";
import { type KeyPlace, keyPlaceOf, readablePath } from "./key-place.js";
import { readHeldKey, type WantedKey } from "./private-key-file.js";
import { recoverKey, type StagedKey, stageKey } from "./staged-key.js";

/** The public key to import, and where it came from. */
export interface ObtainedKey {
  readonly publicKey: string;
  /** What waits to be delivered once the cloud has the public key. */
  readonly staged?: { readonly place: KeyPlace; readonly content: string };
  /** What the user should know of it. */
  readonly notes: readonly string[];
}

/**
 * Finds or makes the key of a new key pair. A generated private key is on disk, durably, when this
 * resolves: the cloud is asked afterwards, so that no interruption loses it.
 */
export async function obtainKey(cloud: OpenStack, request: CreateRequest): Promise<ObtainedKey> {
  const { address, desired, previous } = request;
  const place = keyPlaceOf(desired);
  if (!place) return { publicKey: textOf(desired, "public_key"), notes: [] };
  const { files } = cloud.runtime;
  const left = await recoverKey(files, address, place, desired);
  if (left.kind === "key") return obtained(place, left.key);
  const isNew = place.kind === "file" && mayReplace(files, place.path);
  const path = readablePath(place);
  if (path !== undefined && !isNew) {
    const held = await readHeldKey(files, path, wantedOf(desired));
    if (held.kind === "key") {
      const note = `the private key in ${path} was there already and is kept`;
      return { publicKey: held.publicKey.text, notes: [note] };
    }
  }
  const remembered = isNew ? undefined : rememberedKey(desired, previous);
  if (remembered !== undefined) {
    const note = "the public key of before was imported again; no new private key was made";
    return { publicKey: remembered, notes: [note] };
  }
  if (place.kind === "file") await refuseTaken(files, place.path);
  const staged = await makeKey(cloud, request, place);
  await stageKey(files, address, place, staged);
  return obtained(place, staged);
}

/** Nothing is asked of the cloud for a private key that could not be delivered. */
async function refuseTaken(files: Files, path: string): Promise<void> {
  const { kind } = await files.look(path);
  if (kind === "nothing" || (kind === "file" && mayReplace(files, path))) return;
  throw new OutsideError("file-error", `${path} is there already`, {
    help: `move ${path} away, give another \`private_key_file\`, or say --replace-secret-file ${path}`,
  });
}

function obtained(place: KeyPlace, { publicKey, content }: StagedKey): ObtainedKey {
  return { publicKey: publicKey.text, staged: { place, content }, notes: [] };
}

async function makeKey(
  cloud: OpenStack,
  { desired, report }: CreateRequest,
  { recipients }: KeyPlace,
): Promise<StagedKey> {
  const wanted = wantedOf(desired);
  report(`generating the private key (${wanted.algorithm})`);
  const { publicKey, file } = await generate(cloud, desired, wanted);
  const text = asText(file.reveal());
  if (recipients.length === 0) return { publicKey, content: text };
  const { seal } = await import("../secret/seal.js");
  return { publicKey, content: await seal(text, recipients) };
}

function generate(
  { runtime, identity }: OpenStack,
  desired: ValueObject,
  { type, algorithm }: WantedKey,
): Promise<GeneratedKey> {
  const recipe = recipeOf(algorithm);
  if (!recipe) throw new TypeError(`no recipe for ${algorithm}`);
  const comment = textOf(desired, "name");
  return generateKey({ type, recipe, comment, userId: identity.user.id, runtime });
}

function wantedOf(desired: ValueObject): WantedKey {
  const type = textOf(desired, "type") === "x509" ? "x509" : "ssh";
  return { type, algorithm: textOf(desired, "algorithm") };
}

/** An attribute that is a text by the time something is created. */
export function textOf(desired: ValueObject, key: string): string {
  const value = desired[key];
  if (typeof value === "string") return value;
  throw new TypeError(`${key} of a key pair is no text`);
}
