import { type Address, formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import { readJsonText } from "../../../engine/model/json-text.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject, Sensitive } from "../../../engine/model/value.js";
import { stagingPath } from "../secret/staging-path.js";
import { generateSecret } from "./secret.js";
import { isNowhere, type Targets } from "./target.js";

/**
 * A generated secret on its way: it is put on disk beside the first place that it goes to before
 * the cloud is asked, and removed when it has arrived. A killed run so loses nothing.
 */
export interface PendingSecret {
  readonly address: Address;
  /** The credential's name in the cloud. */
  readonly name: string;
  readonly targets: Targets;
}

/** What an interrupted run has left of a secret. */
export type Left =
  | { readonly kind: "secret"; readonly secret: Sensitive }
  /** What goes to each place, encrypted: the secret itself was never on disk. */
  | { readonly kind: "sealed"; readonly id: string; readonly documents: Documents }
  /** A secret that was to be encrypted, and of which nobody knows any more. */
  | { readonly kind: "lost" };

/** What goes to each place of `write_to`, encrypted. */
export type Documents = Readonly<Record<string, string>>;

/**
 * Puts a new secret on disk, or takes the one that an interrupted run has put there. Of a secret
 * that will be encrypted only the trace that there is one is put on disk.
 */
export async function stage(pending: PendingSecret, runtime: Runtime): Promise<Sensitive> {
  const left = await recover(pending, runtime);
  const isSealed = pending.targets.recipients.length > 0;
  if (left?.kind === "secret" && !isSealed) return left.secret;
  const secret = generateSecret(runtime.random);
  await write(pending, runtime, isSealed ? {} : { secret });
  return new Sensitive(secret);
}

/** Puts what goes to each place on disk, encrypted, until it is there. */
export async function stageSealed(
  pending: PendingSecret,
  runtime: Runtime,
  id: string,
  documents: Documents,
): Promise<void> {
  await write(pending, runtime, { id, documents });
}

/** What an interrupted run has put on disk for this credential. */
export async function recover(
  pending: PendingSecret,
  { files }: Pick<Runtime, "files">,
): Promise<Left | undefined> {
  const path = pathOf(pending);
  const place = path === undefined ? undefined : await files.look(path);
  if (place === undefined || place.kind === "nothing" || place.kind === "outside") return undefined;
  const content =
    place.kind === "file" ? readJsonText(new TextDecoder().decode(place.bytes)) : undefined;
  if (!isObject(content) || content.address !== formatAddress(pending.address)) {
    throw new OutsideError(
      "file-error",
      `${path} is not a secret of ${formatAddress(pending.address)}`,
      { help: "Move it away." },
    );
  }
  const { name, secret, id, documents } = content;
  if (name !== pending.name) return undefined;
  if (typeof secret === "string") return { kind: "secret", secret: new Sensitive(secret) };
  return typeof id === "string" && isObject(documents)
    ? { kind: "sealed", id, documents: texts(documents) }
    : { kind: "lost" };
}

/** Removes the secret from its place between: it has arrived, or nobody will use it. */
export async function unstage(
  pending: PendingSecret,
  { files }: Pick<Runtime, "files">,
): Promise<void> {
  const path = pathOf(pending);
  if (path !== undefined) await files.remove(path);
}

/** Where a secret waits; undefined where it goes nowhere. */
export function pathOf({ address, targets }: PendingSecret): string | undefined {
  return isNowhere(targets) ? undefined : stagingPath(address, targets.files[0]?.path);
}

async function write(pending: PendingSecret, runtime: Runtime, content: object): Promise<void> {
  const path = pathOf(pending);
  if (path === undefined) throw new TypeError("a generated secret has nowhere to go");
  const { address, name } = pending;
  const text = JSON.stringify({ address: formatAddress(address), name, ...content }, undefined, 2);
  await runtime.files.replaceSecret(path, `${text}\n`);
}

function texts(documents: Readonly<Record<string, unknown>>): Documents {
  return Object.fromEntries(Object.entries(documents).map(([key, it]) => [key, String(it)]));
}
