import { OutsideError, UndeliveredError } from "../../../engine/model/errors.js";
import type { Files, Runtime } from "../../../engine/model/runtime.js";
import { type JsonObject, scalarText } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import type { DeliveredCredential } from "./delivered-credential.js";
import { deliver, render, withdraw } from "./delivery.js";
import {
  type Documents,
  type PendingSecret,
  pathOf,
  stageSealed,
  unstage,
} from "./pending-secret.js";
import { deliverSealed, sealedMarks, withdrawSealed } from "./sealed-file.js";
import { describeTarget, knownTargets, type Targets, targetsAttribute } from "./target.js";

/** What state remembers of a delivery. */
export interface Delivered {
  readonly write_to: JsonObject;
  readonly sealed?: JsonObject;
}

/**
 * Writes a secret to all of its places, and then forgets the copy between. Where that fails the
 * copy stays, and the next apply delivers it.
 */
export async function deliverAll(
  { runtime }: OpenStack,
  pending: PendingSecret,
  credential: DeliveredCredential,
): Promise<Delivered> {
  const { files, command, recipients } = pending.targets;
  if (recipients.length > 0) {
    const documents = await seal(pending, credential);
    await stageSealed(pending, runtime, credential.id, documents);
    return deliverDocuments(runtime, pending, documents);
  }
  await keeping(runtime, pending, async () => {
    for (const target of files) await deliver(runtime.files, target, credential);
    if (command)
      await runtime.commands.feed(command.command, render("json", credential, undefined));
  });
  await unstage(pending, runtime);
  return deliveredTo(runtime.files, pending.targets);
}

/** As {@link deliverAll}, of what was encrypted already. */
export async function deliverDocuments(
  runtime: Runtime,
  pending: PendingSecret,
  documents: Documents,
): Promise<Delivered> {
  const { files, command } = pending.targets;
  await keeping(runtime, pending, async () => {
    for (const target of files) {
      await deliverSealed(runtime.files, target, documents[target.format] ?? "");
    }
    if (command) await runtime.commands.feed(command.command, documents.command ?? "");
  });
  await unstage(pending, runtime);
  return deliveredTo(runtime.files, pending.targets);
}

/** What state remembers of a secret that is in all of its places. */
export async function deliveredTo(files: Files, targets: Targets): Promise<Delivered> {
  const write_to = targetsAttribute(targets);
  if (targets.recipients.length === 0) return { write_to };
  return { write_to, sealed: await sealedMarks(files, targets.files) };
}

/** Removes a credential that is no more from the files where it was delivered. Answers what was done. */
export async function withdrawAll(
  { runtime }: OpenStack,
  existing: JsonObject,
): Promise<readonly string[]> {
  const { files, recipients } = knownTargets(existing);
  const notes: string[] = [];
  for (const target of files) {
    const note =
      recipients.length > 0
        ? await withdrawSealed(runtime.files, target, existing.sealed)
        : await withdraw(runtime.files, target, scalarText(existing.id));
    if (note !== undefined) notes.push(note);
  }
  return notes;
}

/** What the user should know of a delivery. */
export function deliveryNotes({
  targets: { files, command, recipients },
}: PendingSecret): readonly string[] {
  const encrypted = recipients.length > 0 ? ", encrypted" : "";
  const written = files.map((it) => `secret written to ${describeTarget(it)}${encrypted}`);
  return command ? [...written, `secret given to ${describeTarget(command)}${encrypted}`] : written;
}

async function seal(
  { targets: { files, command, recipients } }: PendingSecret,
  credential: DeliveredCredential,
): Promise<Documents> {
  const { seal: sealText } = await import("../secret/seal.js");
  const texts = [
    ...files.map(({ format, cloud }) => [format, render(format, credential, cloud)] as const),
    ...(command ? [["command", render("json", credential, undefined)] as const] : []),
  ];
  const sealed = await Promise.all(
    texts.map(async ([key, text]) => [key, await sealText(text, recipients)] as const),
  );
  return Object.fromEntries(sealed);
}

/** Says what becomes of the secret when it could not be delivered; one that is given is kept nowhere. */
async function keeping(
  { files }: Runtime,
  pending: PendingSecret,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const path = pathOf(pending);
    const isKept = path !== undefined && (await files.look(path)).kind === "file";
    const kept = isKept ? `The secret is kept in ${path}, and the` : "The";
    throw new UndeliveredError(error, `${kept} next apply delivers it.`);
  }
}
