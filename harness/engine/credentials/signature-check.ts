import { createPublicKey, verify } from 'node:crypto';
import type { JsonObject } from '../../model/index.ts';
import { type ParsedKey, signatureOf, signedTextOf } from './parsed-key.ts';

/** True if the public key verifies the signature of a key; `hash` is that of its algorithm, undefined if unknown. */
export function isSignedBy(key: ParsedKey, jwk: JsonObject, hash: string | undefined): boolean {
  if (hash === undefined) return false;
  try {
    const publicKey = createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
    // Only ECDSA signatures have an encoding (RFC 7518 section 3.4).
    const signer = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    return verify(hash, Buffer.from(signedTextOf(key)), signer, signatureOf(key));
  } catch {
    return false;
  }
}
