/** No cloud is waited for longer than this between two attempts, in milliseconds. */
export const LONGEST_WAIT = 300_000;

/** A `Retry-After` header, seconds or a date (RFC 9110, 10.2.3), in milliseconds. */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\s*\d+\s*$/u.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}
