import { Altered, type Encryption, encryption } from "../../state/cipher.js";
import { count, Malformed, object, text } from "../../state/codec.js";
import type { Keyring } from "../../state/keyring.js";
import { OutsideError } from "../model/errors.js";
import { isObject } from "../model/value.js";

/** What `portcullis_plan` says of an encrypted plan. */
const SEALED = 2;

interface SealedPlan {
  readonly portcullisPlan: number;
  readonly encryption: Encryption;
  readonly sealed: string;
}

const sealedPlan = object<SealedPlan>({ portcullisPlan: count, encryption, sealed: text });

/** The text of a plan file, encrypted where states are. */
export async function sealPlan(plain: string, keys: Keyring): Promise<string> {
  const key = await keys.writing();
  if (!key) return plain;
  const sealed = key.seal(plain, boundTo(key.encryption));
  const file = { portcullisPlan: SEALED, encryption: key.encryption, sealed };
  return `${JSON.stringify(sealedPlan.encode(file), null, 2)}\n`;
}

/**
 * The text of a plan file, decrypted where it is encrypted. Throws `plan-unreadable`, `no-passphrase` and
 * `wrong-passphrase`.
 */
export async function openPlan(content: string, keys: Keyring, path: string): Promise<string> {
  const value = parsed(content);
  if (!isObject(value) || value.portcullis_plan !== SEALED) return content;
  try {
    const { encryption: how, sealed } = sealedPlan.decode(value, "");
    return (await keys.reading(how, path)).open(sealed, boundTo(how));
  } catch (error) {
    if (!(error instanceof Malformed || error instanceof Altered)) throw error;
    throw new OutsideError("plan-unreadable", `${path} is damaged: ${error.message}.`, {
      cause: error,
      help: "Make a new plan with `portcullis plan --out FILE`.",
    });
  }
}

function boundTo(how: Encryption): string {
  return `portcullis plan ${JSON.stringify(encryption.encode(how))}`;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
