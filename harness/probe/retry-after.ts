/** Milliseconds that a rate-limited request has to wait before it is sent again (RFC 9110 section 10.2.3). */
export function retryAfterMs(value: string | undefined, attempt: number, now = Date.now()): number {
  const text = value?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  const date = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? 500 * 2 ** attempt : Math.max(date - now, 0);
}
