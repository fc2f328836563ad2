import { createHash, scryptSync } from "node:crypto";

/** How many bytes of salt a fingerprint takes. */
export const SALT_BYTES = 16;

const HASH_BYTES = 32;

/**
 * A text from which a secret can be recognized and not be read: scrypt with Node's parameters
 * (N 16384, r 8, p 1).
 */
export function fingerprint(secret: string, salt: Uint8Array): string {
  const hash = scryptSync(secret, salt, HASH_BYTES);
  return `scrypt:${Buffer.from(salt).toString("base64url")}:${hash.toString("base64url")}`;
}

/**
 * The fingerprint of a secret with the salt of an earlier one: equal to it exactly when the secret
 * is the same. Without an earlier one the salt comes from `id`, which no other credential has.
 */
export function fingerprintBeside(secret: string, earlier: string | undefined, id: string): string {
  const salt = earlier?.split(":")[1];
  return fingerprint(
    secret,
    salt === undefined
      ? createHash("sha256").update(id).digest().subarray(0, SALT_BYTES)
      : Buffer.from(salt, "base64url"),
  );
}
