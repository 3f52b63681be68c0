const longestWaitMs = 60_000;

/** Milliseconds to wait before a rate-limited request is sent again (RFC 9110 section 10.2.3). */
export function retryAfterMs(value: string | undefined, attempt: number, now = Date.now()): number {
  if (value !== undefined && /^\d+$/.test(value.trim())) {
    return Math.min(Number(value.trim()) * 1000, longestWaitMs);
  }
  const date = value === undefined ? Number.NaN : Date.parse(value);
  if (!Number.isNaN(date)) return Math.min(Math.max(date - now, 0), longestWaitMs);
  return Math.min(500 * 2 ** attempt, longestWaitMs);
}
