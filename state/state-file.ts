import type { Snapshot } from "../engine/model/state.js";
import { isObject } from "../engine/model/value.js";
import { type CipherKey, type Encryption, encryption } from "./cipher.js";
import { count, Malformed, object, text } from "./codec.js";
import { asForeign } from "./foreign.js";
import { decodeSnapshot, formatSnapshot, parseJson, versionOf } from "./format.js";
import type { Keyring } from "./keyring.js";
import { FORMAT_VERSION } from "./migrations.js";

/** What a state's file holds. */
export interface StateFile {
  readonly snapshot: Snapshot;
  /** Of its format. */
  readonly version: number;
  /** Absent: plain text. */
  readonly encryption?: Encryption;
}

/** Which state, and which version of it; in plain text at the beginning of every file. */
interface Envelope {
  readonly formatVersion: number;
  readonly lineage: string;
  readonly serial: number;
  readonly encryption: Encryption;
}

const header = { formatVersion: count, lineage: text, serial: count, encryption };
const envelope = object<Envelope>(header);
const sealedFile = object<Envelope & { readonly sealed: string }>({ ...header, sealed: text });

/** The text of a state's file, encrypted where there is a key. */
export function formatState(snapshot: Snapshot, key: CipherKey | undefined): string {
  const plain = formatSnapshot(snapshot);
  if (!key) return plain;
  const { lineage, serial } = snapshot;
  const head = { formatVersion: FORMAT_VERSION, lineage, serial, encryption: key.encryption };
  const sealed = key.seal(plain, boundTo(head));
  return `${JSON.stringify(sealedFile.encode({ ...head, sealed }), null, 2)}\n`;
}

/**
 * The inverse of {@link formatState}, of every version. Throws Malformed, Foreign, NewerFormat, Altered, and
 * what {@link Keyring.reading} throws.
 */
export async function parseState(
  bytes: Uint8Array,
  keys: Keyring,
  path: string,
): Promise<StateFile> {
  try {
    return await parseFile(bytes, keys, path);
  } catch (error) {
    throw (error instanceof Malformed && asForeign(bytes)) || error;
  }
}

async function parseFile(bytes: Uint8Array, keys: Keyring, path: string): Promise<StateFile> {
  const value = parseJson(bytes, "");
  const version = versionOf(value);
  if (!isObject(value) || !Object.hasOwn(value, "encryption"))
    return { snapshot: decodeSnapshot(value), version };
  const { sealed, ...head } = sealedFile.decode(value, "");
  const key = await keys.reading(head.encryption, path);
  const plain = new TextEncoder().encode(key.open(sealed, boundTo(head)));
  return { snapshot: decodeSnapshot(parseJson(plain, "")), version, encryption: head.encryption };
}

/** What stands in plain text is bound to what does not. */
function boundTo(head: Envelope): string {
  return `portcullis state ${JSON.stringify(envelope.encode(head))}`;
}
