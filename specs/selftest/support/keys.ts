import { randomBytes } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Key } from '../../../harness/model/index.ts';

/** The algorithms that keys of the tests are signed with. */
export const algorithms = ['EdDSA', 'ES256', 'RS256', 'PS256', 'HS256'] as const;
export type Algorithm = (typeof algorithms)[number];

/** An issuer of keys, with the means to verify them. */
export interface Issuer {
  readonly algorithm: Algorithm;
  readonly kid: string;
  /** Undefined for HS256. */
  readonly publicJwk?: JWK;
  readonly verifyWith: CryptoKey | Uint8Array;
  issue(claims: object, variable?: string): Promise<Key>;
}

export async function createIssuer(algorithm: Algorithm): Promise<Issuer> {
  const kid = `kid-${algorithm.toLowerCase()}`;
  const secret = randomBytes(32);
  const pair = algorithm === 'HS256' ? undefined : await generateKeyPair(algorithm, { extractable: true });
  const signWith = pair?.privateKey ?? secret;
  return {
    algorithm,
    kid,
    verifyWith: pair?.publicKey ?? secret,
    ...(pair === undefined
      ? {}
      : { publicJwk: { ...(await exportJWK(pair.publicKey)), kid, alg: algorithm } }),
    issue: async (claims, variable = 'MUFI_WRITE_KEY') => ({
      variable,
      description: 'write key',
      value: await new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
        .sign(signWith),
    }),
  };
}

/** A text that looks like a key and has no valid signature; each call returns another one. */
export function fakeKey(claims: object = {}): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { jti: randomBytes(9).toString('hex'), ...claims };
  return `${encode({ alg: 'EdDSA', kid: 'k1' })}.${encode(payload)}.${randomBytes(64).toString('base64url')}`;
}

/** The three segments of a key. */
export function segments(key: string): [string, string, string] {
  const [header = '', payload = '', signature = ''] = key.split('.');
  return [header, payload, signature];
}

/** The JSON of a base64url segment. */
export function decoded(segment: string): unknown {
  return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
}

/** Every 13 characters in a row of a secret that occur in a text; redaction must leave none. */
export function leaked(text: string, secret: string, length = 13): string[] {
  const found: string[] = [];
  for (let at = 0; at + length <= secret.length; at += 1) {
    const run = secret.slice(at, at + length);
    if (text.includes(run)) found.push(run);
  }
  return found;
}
