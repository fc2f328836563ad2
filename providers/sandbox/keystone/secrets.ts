import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

/** Cheap, as the cloud is a toy: a hash takes about two milliseconds. */
const COST = { N: 1024 };
const LENGTH = 32;

/** Of a secret bcrypt, which Keystone uses, reads so many bytes. */
const READ_BYTES = 72;

/** A secret of 86 characters, as Keystone makes them. */
export function newSecret(): string {
  return randomBytes(64).toString("base64url");
}

/** Salt and hash, which is all that is kept of a secret. */
export function hashSecret(secret: string): string {
  const salt = randomBytes(16);
  return `${salt.toString("hex")}:${hashOf(secret, salt).toString("hex")}`;
}

/** Whether a secret is the one of {@link hashSecret}. */
export function fitsHash(secret: string, stored: string): boolean {
  const [salt = "", hash = ""] = stored.split(":").map((it) => Buffer.from(it, "hex"));
  if (typeof salt === "string" || typeof hash === "string") return false;
  return timingSafeEqual(hashOf(secret, salt), hash);
}

function hashOf(secret: string, salt: Buffer): Buffer {
  return scryptSync(Buffer.from(secret).subarray(0, READ_BYTES), salt, LENGTH, COST);
}
