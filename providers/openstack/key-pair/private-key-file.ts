import { createPrivateKey, X509Certificate } from "node:crypto";
import type { Files } from "../../../engine/model/runtime.js";
import type { KeyPairType } from "./algorithm.js";
import { parseCertificateBlock } from "./certificate.js";
import { decodeKeyText } from "./key-file.js";
import type { PublicKey } from "./public-key.js";
import { keyOfSshpk } from "./ssh-blob.js";
import { sshpk } from "./sshpk.js";

/** What the place of a private key holds. */
export type Held =
  | { readonly kind: "nothing" }
  | { readonly kind: "key"; readonly publicKey: PublicKey }
  /** Anything else, said by a clause that follows the file's name: `holds no private key`. */
  | { readonly kind: "other"; readonly problem: string };

/** What a private key file must hold to be used. */
export interface WantedKey {
  readonly type: KeyPairType;
  readonly algorithm: string;
}

/** Looks whether a file holds an unencrypted private key as wanted, and takes its public half. */
export async function readHeldKey(
  files: Pick<Files, "look">,
  path: string,
  wanted: WantedKey,
): Promise<Held> {
  const place = await files.look(path);
  if (place.kind === "nothing" || place.kind === "outside") return { kind: "nothing" };
  if (place.kind === "taken") return other(`is ${place.what}`);
  const text = decodeKeyText(place.bytes);
  const held = wanted.type === "ssh" ? readSsh(text) : readX509(text);
  if (held.kind !== "key" || held.publicKey.algorithm === wanted.algorithm) return held;
  return other(`holds an ${held.publicKey.algorithm} key, not ${wanted.algorithm}`);
}

function readSsh(text: string): Held {
  if (!/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/mu.test(text)) return other("holds no private key");
  try {
    const publicKey = keyOfSshpk(sshpk().parsePrivateKey(text, "pem").toPublic());
    return { kind: "key", publicKey };
  } catch (error) {
    return other(
      error instanceof Error && error.name === "KeyEncryptedError"
        ? "holds a private key with a passphrase"
        : "holds a private key that cannot be read",
    );
  }
}

function readX509(text: string): Held {
  const parsed = parseCertificateBlock(text);
  if (parsed.kind === "problem") return other(parsed.problem.problem);
  try {
    const fits = new X509Certificate(parsed.key.text).checkPrivateKey(createPrivateKey(text));
    return fits
      ? { kind: "key", publicKey: parsed.key }
      : other("holds a private key that does not belong to its certificate");
  } catch {
    return other("holds no private key without passphrase beside its certificate");
  }
}

function other(problem: string): Held {
  return { kind: "other", problem };
}
