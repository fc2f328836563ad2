import { type Address, formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import { readJsonText } from "../../../engine/model/json-text.js";
import type { Files } from "../../../engine/model/runtime.js";
import { equalJson, isObject, type ValueObject } from "../../../engine/model/value.js";
import { parseCertificate } from "./certificate.js";
import { type KeyPlace, stagingPathOf } from "./key-place.js";
import type { PublicKey } from "./public-key.js";
import { parseSshKey } from "./ssh-text.js";

/** A generated private key on its way: on disk before the cloud gets its public half, until it is delivered. */
export interface StagedKey {
  readonly publicKey: PublicKey;
  /** What is delivered: the private key, or what it was encrypted to. */
  readonly content: string;
}

/** What waits to be delivered for an address. */
export type Staged =
  | { readonly kind: "nothing" }
  | { readonly kind: "key"; readonly key: StagedKey }
  /** A key of another declaration, said by a clause that follows the path: `holds ...`. */
  | { readonly kind: "other"; readonly path: string; readonly problem: string };

/** Puts a private key on disk, durably. */
export async function stageKey(
  files: Files,
  address: Address,
  place: KeyPlace,
  { publicKey, content }: StagedKey,
): Promise<void> {
  const text = {
    address: formatAddress(address),
    type: publicKey.type,
    encrypt_to: place.recipients,
    public_key: publicKey.text,
    content,
  };
  const path = stagingPathOf(address, place);
  const taken = !(await files.createSecret(path, `${JSON.stringify(text, undefined, 2)}\n`));
  if (taken)
    throw new OutsideError("file-error", `${path} is there`, { help: `move ${path} away` });
}

/** The key that an interrupted run has put on disk for an address. */
export async function recoverKey(
  files: Pick<Files, "look">,
  address: Address,
  place: KeyPlace,
  wanted: ValueObject,
): Promise<Staged> {
  const path = stagingPathOf(address, place);
  const found = await files.look(path);
  if (found.kind === "nothing" || found.kind === "outside") return { kind: "nothing" };
  const other = (problem: string) => ({ kind: "other", path, problem }) as const;
  if (found.kind === "taken") return other(`is ${found.what}`);
  const staged = readJsonText(new TextDecoder().decode(found.bytes));
  if (!isObject(staged) || staged.address !== formatAddress(address)) {
    return other("does not hold what an interrupted run has left");
  }
  const { type, public_key: text, content, encrypt_to: recipients } = staged;
  const key = type === "ssh" ? parseSshKey(String(text)) : parseCertificate(String(text));
  if (key.kind === "problem" || typeof content !== "string") return other("is damaged");
  const isWanted = type === wanted.type && key.key.algorithm === wanted.algorithm;
  const isSealedSo = equalJson(list(recipients), [...place.recipients]);
  return isWanted && isSealedSo
    ? { kind: "key", key: { publicKey: key.key, content } }
    : other("holds the private key of an interrupted run, made from another declaration");
}

/** Removes a key from its place between: it has arrived, or nobody will use it. */
export async function unstageKey(files: Files, address: Address, place: KeyPlace): Promise<void> {
  await files.remove(stagingPathOf(address, place));
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
