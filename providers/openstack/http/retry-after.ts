import type { HttpAnswer } from "./exchange.js";

/** No cloud is waited for longer than this between two attempts, in milliseconds. */
export const LONGEST_WAIT = 300_000;

const SECONDS = /^\s*\d+(\.\d+)?\s*$/u;
/** `Sun Nov  6 08:49:37 1994` is UTC, though it does not say so (RFC 9110, 5.6.7). */
const WITHOUT_ZONE = /\d\s+\d{4}\s*$/u;

/**
 * The header `Retry-After`, seconds or a date (RFC 9110, 10.2.3), in milliseconds. A date is compared
 * with the answer's own; where each of several proxies has written one, the longest counts.
 */
export function retryAfter(headers: HttpAnswer["headers"], now: Date): number | undefined {
  const header = headers["retry-after"] ?? "";
  const numbers = header.split(",");
  if (numbers.every((it) => SECONDS.test(it))) return Math.max(...numbers.map(Number)) * 1000;
  const until = instantIn(header);
  if (until === undefined) return undefined;
  return Math.max(until - (instantIn(headers.date ?? "") ?? now.getTime()), 0);
}

function instantIn(text: string): number | undefined {
  if (!/^[a-z]{3}/iu.test(text)) return undefined;
  const instant = Date.parse(WITHOUT_ZONE.test(text) ? `${text} GMT` : text);
  return Number.isNaN(instant) ? undefined : instant;
}
