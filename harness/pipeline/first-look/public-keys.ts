import { readPublicKeys } from '../../credentials/public-key.ts';

/** A JWKS document beyond this is none; in characters. */
const longest = 32 * 1024;

/** Fetches a JWKS document; undefined where there is none. */
export async function fetchPublicKeys(
  candidates: readonly (string | undefined)[],
  timeoutMs: number,
): Promise<string | undefined> {
  for (const url of candidates) {
    if (url === undefined) continue;
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
      const text = await response.text();
      if (text.length > longest) continue;
      if (response.ok && readPublicKeys(text).keys.length > 0) return text;
    } catch {
      // Not a JWKS document: the next candidate may be one.
    }
  }
  return undefined;
}
