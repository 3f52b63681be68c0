import type { JWK } from 'jose';
import * as z from 'zod';
import { privateMembers } from '../model/index.ts';
import { certificateAlgorithmOf } from './algorithms.ts';
import { Unusable } from './errors.ts';

const jwksSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/** Reads the public keys that verify certificates: a JWKS document. Throws Unusable. */
export function readTrustedKeys(text: string, file: string): readonly JWK[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unusable(`The file ${file} of --keys is not JSON; give the JWKS document of the signer.`);
  }
  const parsed = jwksSchema.safeParse(value);
  if (!parsed.success) {
    throw new Unusable(
      `The file ${file} of --keys is not a JWKS document; it needs a list "keys" with at least one public key.`,
    );
  }
  const keys = parsed.data.keys as unknown as readonly JWK[];
  for (const [index, key] of keys.entries()) {
    const name = typeof key.kid === 'string' ? `the key "${key.kid}"` : 'a key';
    if (key.kty === 'oct') {
      throw new Unusable(
        `The file ${file} of --keys contains a shared secret (${name}); everybody who verifies with it could sign as well.`,
      );
    }
    if (privateMembers.some((member) => member in key)) {
      throw new Unusable(
        `The file ${file} of --keys contains the private half of ${name}; keep it secret and publish only the public half.`,
      );
    }
    if (typeof key.kid !== 'string' || certificateAlgorithmOf(key) === undefined) {
      throw new Unusable(
        `The file ${file} of --keys contains ${name} that cannot verify a certificate; it needs a "kid" and an algorithm for key pairs.`,
      );
    }
    if (keys.findIndex(({ kid }) => kid === key.kid) < index) {
      throw new Unusable(
        `The file ${file} of --keys contains two keys named "${key.kid}"; each needs its own "kid".`,
      );
    }
  }
  return keys;
}
