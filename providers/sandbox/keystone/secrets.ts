import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

/** Cheap, as the cloud is a toy: a hash takes about two milliseconds. */
const COST = { N: 1024 };
const LENGTH = 32;

/** A secret of 86 characters, as Keystone makes them. */
export function newSecret(): string {
  return randomBytes(64).toString("base64url");
}

/** Salt and hash, which is all that is kept of a secret. */
export function hashSecret(secret: string): string {
  const salt = randomBytes(16);
  return `${salt.toString("hex")}:${scryptSync(secret, salt, LENGTH, COST).toString("hex")}`;
}

/** Whether a secret is the one of {@link hashSecret}. */
export function fitsHash(secret: string, stored: string): boolean {
  const [salt = "", hash = ""] = stored.split(":").map((it) => Buffer.from(it, "hex"));
  if (typeof salt === "string" || typeof hash === "string") return false;
  return timingSafeEqual(scryptSync(secret, salt, LENGTH, COST), hash);
}
