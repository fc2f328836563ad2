import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  hkdfSync,
  publicEncrypt,
} from "node:crypto";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { type Recipient, Stanza } from "age-encryption";
import { sshpk } from "../key-pair/sshpk.js";

const ED25519 = "ssh-ed25519";
const RSA = "ssh-rsa";
/** In front of what an algorithm is told that a key is for. */
const LABEL = "age-encryption.org/v1/";
/** As `age` (`agessh.NewRSARecipient`): of less, nothing is encrypted to. */
const LEAST_RSA_BITS = 2048;

/**
 * An SSH public key (`TYPE BLOB`) as a recipient of age; undefined for a type that age does not
 * encrypt to. The stanzas are those of `age` itself:
 * https://github.com/FiloSottile/age/blob/main/agessh/agessh.go
 */
export function sshRecipient(key: string): Recipient | undefined {
  const [type, base64 = ""] = key.split(" ");
  const blob = Buffer.from(base64, "base64");
  if (type === ED25519) return { wrapFileKey: (fileKey) => [wrapEd25519(fileKey, blob)] };
  if (type !== RSA || sshpk().parseKey(blob, "rfc4253").size < LEAST_RSA_BITS) return undefined;
  return { wrapFileKey: (fileKey) => [wrapRsa(fileKey, blob)] };
}

/** X25519 with the key's Montgomery form, tweaked so that it is of no use for the key elsewhere. */
function wrapEd25519(fileKey: Uint8Array, blob: Buffer): Stanza {
  const recipient = ed25519.utils.toMontgomery(blob.subarray(-32));
  const { secretKey, publicKey: share } = x25519.keygen();
  const tweak = derive(new Uint8Array(), blob, ED25519);
  const shared = x25519.getSharedSecret(tweak, x25519.getSharedSecret(secretKey, recipient));
  const wrapping = derive(shared, Buffer.concat([share, recipient]), ED25519);
  const cipher = createCipheriv("chacha20-poly1305", wrapping, new Uint8Array(12), {
    authTagLength: 16,
  });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return new Stanza([ED25519, tagOf(blob), unpadded(share)], body);
}

function wrapRsa(fileKey: Uint8Array, blob: Buffer): Stanza {
  const pem = sshpk().parseKey(blob, "rfc4253").toString("pkcs8");
  const body = publicEncrypt(
    {
      key: createPublicKey(pem),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: "sha256",
      oaepLabel: Buffer.from(`${LABEL}${RSA}`),
    },
    fileKey,
  );
  return new Stanza([RSA, tagOf(blob)], body);
}

function derive(secret: Uint8Array, salt: Uint8Array, type: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, salt, `${LABEL}${type}`, 32));
}

/** By which the owner of a key finds the stanzas that are for it. */
function tagOf(blob: Buffer): string {
  return unpadded(createHash("sha256").update(blob).digest().subarray(0, 4));
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/u, "");
}
