/** No cloud is waited for longer than this between two attempts. */
const LONGEST_MILLISECONDS = 60_000;

/** A `Retry-After` header, seconds or a date (RFC 9110, 10.2.3), in milliseconds, capped. */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\s*\d+\s*$/u.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now.getTime();
  if (Number.isNaN(wait)) return undefined;
  return Math.min(Math.max(wait, 0), LONGEST_MILLISECONDS);
}
