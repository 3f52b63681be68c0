import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 of a text or of bytes, as `sha256:` and hexadecimal digits. */
export function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** SHA-256 of a JSON value in its canonical form (RFC 8785), so that the format of its file does not matter. */
export function canonicalDigest(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('only a JSON value has a canonical form');
  return digestOf(text);
}
