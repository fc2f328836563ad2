import { OutsideError } from "../../../engine/model/errors.js";
import { asText } from "../../../engine/model/expression.js";
import type { CreateRequest } from "../../../engine/model/provider.js";
import type { ValueObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import { recipeOf } from "./algorithm.js";
import { type GeneratedKey, generateKey } from "./generate.js";
import { rememberedKey } from "./keep-key.js";
import { readHeldKey, type WantedKey } from "./private-key-file.js";

/** The public key to import, and where it came from. */
export interface ObtainedKey {
  readonly publicKey: string;
  /** What the user should know of it. */
  readonly notes: readonly string[];
}

/**
 * Finds or makes the key of a new key pair. A generated private key is in its file, durably, when
 * this resolves: the cloud is asked afterwards, so that no interruption loses it.
 */
export async function obtainKey(cloud: OpenStack, request: CreateRequest): Promise<ObtainedKey> {
  const { desired, previous } = request;
  if (desired.private_key_file === undefined) {
    return { publicKey: textOf(desired, "public_key"), notes: [] };
  }
  const path = textOf(desired, "private_key_file");
  const held = await readHeldKey(cloud.runtime.files, path, wantedOf(desired));
  if (held.kind === "key") {
    const note = `the private key in ${path} was there already and is kept`;
    return { publicKey: held.publicKey.text, notes: [note] };
  }
  const remembered = rememberedKey(desired, previous);
  if (remembered !== undefined) {
    const note = "the public key of before was imported again; no new private key was made";
    return { publicKey: remembered, notes: [note] };
  }
  return deliver(cloud, request, path);
}

async function deliver(
  cloud: OpenStack,
  { desired, report }: CreateRequest,
  path: string,
): Promise<ObtainedKey> {
  const wanted = wantedOf(desired);
  const { files } = cloud.runtime;
  report(`generating the private key (${wanted.algorithm})`);
  const { publicKey, file } = await generate(cloud, desired, wanted);
  if (await files.createSecret(path, asText(file.reveal()))) {
    return { publicKey: publicKey.text, notes: [`private key written to ${path}`] };
  }
  const held = await readHeldKey(files, path, wanted);
  if (held.kind === "key") return { publicKey: held.publicKey.text, notes: [] };
  const problem = held.kind === "other" ? held.problem : "cannot be written";
  throw new OutsideError("file-error", `${path} ${problem}`, {
    help: `move ${path} away, or give another \`private_key_file\``,
  });
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
