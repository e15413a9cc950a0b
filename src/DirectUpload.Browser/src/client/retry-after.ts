const longest = 5 * 60_000;

/** Parses Retry-After, a number of seconds or a date (RFC 9110, 10.2.3), into milliseconds. */
export function retryAfter(value: string | null, now = Date.now()): number | null {
  if (!value) return null;
  const wait = Number(value) * 1000 || Date.parse(value) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longest);
}
