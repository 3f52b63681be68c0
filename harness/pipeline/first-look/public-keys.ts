import { readPublicKeys } from '../../credentials/public-key.ts';
import type { Prober } from '../../probe/prober.ts';

/** A JWKS document beyond this is none; in characters. */
const longest = 32 * 1024;

/** Fetches a JWKS document, in turn with all other requests; undefined where there is none. */
export async function fetchPublicKeys(
  prober: Pick<Prober, 'send'>,
  candidates: readonly (string | undefined)[],
): Promise<string | undefined> {
  for (const url of new Set(candidates)) {
    if (url === undefined || !/^https?:/i.test(url)) continue;
    const wire = { method: 'GET', url, headers: [['Accept', 'application/json']] as const };
    const label = { variant: 'valid', credential: { description: 'no key' }, presented: [] } as const;
    const { response } = await prober.send(wire, label);
    if (response?.status !== 200 || response.body.length > longest) continue;
    try {
      if (readPublicKeys(response.body).keys.length > 0) return response.body;
    } catch {
      // Not a JWKS document: the next candidate may be one.
    }
  }
  return undefined;
}
