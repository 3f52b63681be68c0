import type { TargetConfiguration } from '../../model/index.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { readPublicKeys, withoutSecretMembers } from '../credentials/public-key.ts';
import type { Prober } from '../probe/prober.ts';

/** The longest JWKS document, in characters. */
const longest = 32 * 1024;

/** The public keys of a target as a JWKS document. */
export interface FoundPublicKeys {
  readonly text: string;
  /** False if they were computed from signatures, by this run or before it: then nobody published them. */
  readonly isPublished: boolean;
}

/** The public keys of a target: as published, or recovered from signatures. Undefined if they are not known. */
export async function findPublicKeys(
  prober: Pick<Prober, 'send'>,
  candidates: readonly (string | undefined)[],
  { write, read }: TargetConfiguration['keys'],
): Promise<FoundPublicKeys | undefined> {
  const shown = await fetchPublicKeys(prober, candidates);
  if (shown !== undefined) return shown;
  if (write === undefined || read === undefined) return undefined;
  const { recoverPublicKeys } = await import('../credentials/recover-public-key.ts');
  const text = recoverPublicKeys([write, read]);
  return text === undefined ? undefined : { text, isPublished: false };
}

/** Reads or fetches a JWKS document, queued with all other requests; undefined if there is none. */
export async function fetchPublicKeys(
  prober: Pick<Prober, 'send'>,
  candidates: readonly (string | undefined)[],
): Promise<FoundPublicKeys | undefined> {
  for (const url of new Set(candidates)) {
    if (url?.startsWith('data:')) return { text: textOf(url), isPublished: false };
    if (url === undefined || !/^https?:/i.test(url)) continue;
    const wire = { method: 'GET', url, headers: [['Accept', 'application/json']] as const };
    const label = { variant: 'valid', credential: { description: 'no key' }, presented: [] } as const;
    const { response } = await prober.send(wire, label);
    if (response?.status !== 200 || response.body.length > longest) continue;
    const text = usable(response.body);
    if (text !== undefined) return { text, isPublished: true };
  }
  return undefined;
}

/** The document in a `data:` URL (RFC 2397). Throws ConfigurationError if it is not a JWKS document. */
function textOf(url: string): string {
  const text = usable(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64').toString());
  if (text !== undefined) return text;
  throw new ConfigurationError(
    'MUFI_JWKS_URL holds no JWKS document with a key; copy the line again that public-key printed.',
  );
}

/** The text without its secrets; undefined if it is not a JWKS document with a key. */
function usable(text: string): string | undefined {
  try {
    return readPublicKeys(text).keys.length > 0 ? withoutSecretMembers(text) : undefined;
  } catch {
    return undefined;
  }
}
