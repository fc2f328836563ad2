import { createHash } from "node:crypto";
import type { KeyPairType } from "./algorithm.js";
import { sshpk } from "./sshpk.js";

/** The public half of a key pair in the one form in which keys are compared. */
export interface PublicKey {
  readonly type: KeyPairType;
  /** `TYPE BLOB` without comment; for x509 the certificate as PEM. */
  readonly text: string;
  /** `ed25519`, `rsa-2048`, `ecdsa-p256`, `ed25519-sk` and the like. */
  readonly algorithm: string;
  /** As Nova computes it: MD5 of the blob, for x509 SHA-1 of the certificate; hex with colons. */
  readonly fingerprint: string;
  /** As `ssh-keygen -l` prints it: `SHA256:` and base64; for x509 of the certificate's DER. */
  readonly fingerprintSha256: string;
  /** What the file says behind the key. */
  readonly comment?: string;
}

/** Why a text is no usable public key. Never quotes the text: it may be a secret. */
export interface KeyProblem {
  /** A clause that follows the name of where the text came from: `holds two keys`. */
  readonly problem: string;
  readonly help: string;
}

/** What reading a public key gives. */
export type ParsedKey =
  | { readonly kind: "key"; readonly key: PublicKey }
  | { readonly kind: "problem"; readonly problem: KeyProblem };

export function problem(text: string, help: string): ParsedKey {
  return { kind: "problem", problem: { problem: text, help } };
}

type Fingerprints = Pick<PublicKey, "fingerprint" | "fingerprintSha256">;

/** The fingerprints of an SSH key's blob (Nova: `nova/crypto.py`, generate_fingerprint). */
export function sshFingerprints(blob: Uint8Array): Fingerprints {
  return {
    fingerprint: fingerprint("md5", "hex", blob),
    fingerprintSha256: fingerprint("sha256", "base64", blob),
  };
}

/** The fingerprints of a certificate (Nova: `nova/crypto.py`, generate_x509_fingerprint). */
export function certificateFingerprints(der: Uint8Array): Fingerprints {
  return {
    fingerprint: fingerprint("sha1", "hex", der),
    fingerprintSha256: fingerprint("sha256", "base64", der),
  };
}

function fingerprint(
  algorithm: "md5" | "sha1" | "sha256",
  format: "hex" | "base64",
  bytes: Uint8Array,
): string {
  const hash = createHash(algorithm).update(bytes).digest();
  const { Fingerprint } = sshpk();
  return new Fingerprint({ type: "key", hash, algorithm }).toString(format);
}
