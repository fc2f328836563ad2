import type { Json } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import { malformed } from "./errors.js";

const TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?)?Z?$/u;

/**
 * An expiry as Keystone stores it: UTC, microseconds, no zone. It takes no offset, and nothing
 * that has passed.
 */
export function readExpiry(cloud: Cloud, value: Json | undefined): string | null {
  if (typeof value !== "string" || value === "") return null;
  const match = TIME.exec(value);
  const parts = match?.slice(1) ?? [];
  const [year, month, day, hour = "00", minute = "00", second = "00", fraction = ""] = parts;
  const seconds = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${seconds}Z`);
  if (!match || Number.isNaN(time.getTime()) || time.toISOString().slice(0, 19) !== seconds) {
    throw malformed("Timestamp not in expected format.");
  }
  if (time < cloud.now()) throw malformed("The 'expires_at' must not be before now.");
  return `${seconds}.${fraction.slice(0, 6).padEnd(6, "0")}`;
}
