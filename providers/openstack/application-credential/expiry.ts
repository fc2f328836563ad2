import { Unknown, type Value } from "../../../engine/model/value.js";
import type { Mistakes } from "./mistakes.js";
import { type Read, readMapping, readText } from "./reading.js";

const TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})?)?$/u;
const DURATION = /^(\d{1,9}) ?([smhdw])$/u;
const UNITS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };
/** The first second of the year 10000, which no four digits can tell. */
const END_OF_TIME = 253_402_300_800;

/** When a declared credential ends: attributes of the credential. */
export interface DeclaredExpiry {
  /** A canonical instant, or null for never; absent where creation decides it. */
  readonly expires_at?: string | null | Unknown;
  /** A canonical duration from creation. */
  readonly expires_in?: string | Unknown;
}

/**
 * Reads `expires_at`: a time with an offset, a date (its first moment in UTC, as the dashboard
 * has it), or `{in: 90d}`, which creation turns into an instant.
 */
export function decodeExpiry(
  value: Value | undefined,
  now: Date,
  mistakes: Mistakes,
): DeclaredExpiry {
  if (value === undefined || value === null) return { expires_at: null };
  if (value instanceof Unknown) return { expires_at: value };
  if (typeof value === "string") return { expires_at: decodeTime(value, now, mistakes) };
  const mapping = readMapping(value, "/expires_at", mistakes, "a time, a date, or {in: 90d}");
  if (mapping === undefined || mapping instanceof Unknown) return {};
  const duration = decodeDuration(readText(mapping.in, "/expires_at/in", mistakes), now, mistakes);
  return duration === undefined ? {} : { expires_in: duration };
}

function decodeTime(text: string, now: Date, mistakes: Mistakes): string | null {
  const instant = parseTime(text);
  if (instant === undefined) {
    mistakes.error("bad-time", "/expires_at", "the expiry cannot be read", {
      actual: text,
      expected: "2027-06-30T00:00:00+02:00, 2027-06-30T00:00:00Z, 2027-06-30, or {in: 90d}",
      help: timeRemedy(text),
    });
    return null;
  }
  if (hasPassed(instant, now)) {
    mistakes.error("expiry-past", "/expires_at", `the expiry ${instant} is not in the future`, {
      actual: text,
      help: "Give a later time, or {in: 90d} for a time from the creation on.",
    });
  }
  return instant;
}

function timeRemedy(text: string): string {
  if (/^\+?[0-9]{5,}-/u.test(text)) return "Write a year up to 9999, or nothing for no expiry.";
  return TIME.test(`${text}Z`)
    ? "Say which time zone is meant: append Z for UTC, or an offset such as +02:00."
    : "Write a date, a date with time and offset, or a duration.";
}

function decodeDuration(text: Read<string>, now: Date, mistakes: Mistakes): Read<string> {
  if (text === undefined || text instanceof Unknown) return text;
  const seconds = parseDuration(text);
  if (seconds !== undefined && now.getTime() / 1000 + seconds < END_OF_TIME) {
    return formatDuration(seconds);
  }
  mistakes.error("bad-time", "/expires_at/in", "the duration cannot be read", {
    actual: text,
    expected: "a number and s, m, h, d or w, such as 90d, that ends before the year 10000",
    help:
      seconds === undefined
        ? "Write a whole number with one of these units."
        : "Write one that ends by the year 9999, or nothing for no expiry.",
  });
  return undefined;
}

/** The instant that a declared time means, canonical; undefined where it cannot be read. */
export function parseTime(text: string): string | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute = "0", second = "0", fraction = "", zone] = match;
  if (hour !== undefined && zone === undefined) return undefined;
  const fields = [year, month, day, hour ?? 0, minute, second].map(Number);
  const local = utcSeconds(fields);
  const offset = parseOffset(zone ?? "Z");
  if (local === undefined || offset === undefined) return undefined;
  const seconds = local - offset;
  if (seconds < 0 || seconds >= END_OF_TIME) return undefined;
  return formatInstant(seconds, fraction);
}

/** The instant of a time that Keystone tells: UTC, though it does not say so. */
export function parseKeystoneTime(text: string): string {
  return parseTime(text) ?? parseTime(`${text}Z`) ?? text;
}

/** Whether an instant is not in the future. */
export function hasPassed(instant: string, now: Date): boolean {
  return Date.parse(instant) <= now.getTime();
}

/** The instant that lies a canonical duration after `now`, in whole seconds. */
export function instantAfter(duration: string, now: Date): string {
  const seconds = parseDuration(duration);
  if (seconds === undefined) throw new TypeError(`${duration} is no duration`);
  return formatInstant(Math.floor(now.getTime() / 1000) + seconds, "");
}

/** Seconds of `90d`; undefined for nothing and for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = ""] = DURATION.exec(text) ?? [];
  const seconds = Number(amount) * (UNITS[unit] ?? Number.NaN);
  return seconds > 0 ? seconds : undefined;
}

/** Seconds in the largest of days, hours, minutes and seconds that divides them. */
export function formatDuration(seconds: number): string {
  const unit = ["d", "h", "m"].find((it) => seconds % (UNITS[it] ?? 1) === 0) ?? "s";
  return `${seconds / (UNITS[unit] ?? 1)}${unit}`;
}

/** Seconds since 1970; undefined for a day or time that does not exist. */
function utcSeconds(fields: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second) / 1000;
}

function parseOffset(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3_600 + minutes * 60);
}

/** Keystone keeps microseconds: what is finer is cut off, what is zero is left out. */
function formatInstant(seconds: number, fraction: string): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const rest = fraction.slice(0, 6).replace(/0+$/u, "");
  return rest === "" ? `${whole}Z` : `${whole}.${rest}Z`;
}
