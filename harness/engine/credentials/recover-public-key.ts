import { createHash, createPublicKey, verify } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { defined } from '../../model/defined.ts';
import type { JsonObject, Key } from '../../model/index.ts';
import { algorithmOf, type ParsedKey, parseKey } from './parsed-key.ts';
import { recoverRsaKey } from './recover-rsa-key.ts';

/** The curve of an algorithm, its name in a JWK, and the length of a coordinate in bytes. */
const curves = {
  ES256: { curve: p256, crv: 'P-256', bytes: 32, hash: 'sha256' },
  ES384: { curve: p384, crv: 'P-384', bytes: 48, hash: 'sha384' },
  ES512: { curve: p521, crv: 'P-521', bytes: 66, hash: 'sha512' },
} as const;

/** Public exponents of RSA with which the recovery takes no time; with others `public-key` takes minutes. */
const smallExponents = [3, 17];

/**
 * The public key of the supplied keys, as a JWKS document. An ECDSA signature leaves two candidates (SEC 1 section
 * 4.1.6), and a second key of the same signer shows which one it is. So an attacker can get the public key even if
 * nobody publishes it. Undefined for other algorithms, for RSA with a usual exponent, and if the keys have different
 * signers.
 */
export function recoverPublicKeys(keys: readonly Key[]): string | undefined {
  const [first, ...others] = keys.map(parseKey);
  const [one, other] = keys;
  if (first === undefined || one === undefined || other === undefined) return undefined;
  const rsa = recoverRsaKey([one, other], smallExponents);
  if (rsa !== undefined) return JSON.stringify({ keys: [rsa] });
  const jwk = candidatesOf(first).find((candidate) => others.every((key) => isSignedBy(key, candidate)));
  return jwk === undefined ? undefined : JSON.stringify({ keys: [jwk] });
}

function curveOf(key: ParsedKey): (typeof curves)[keyof typeof curves] | undefined {
  const name = algorithmOf(key) ?? '';
  return name in curves ? curves[name as keyof typeof curves] : undefined;
}

const inputOf = ({ headerSegment, payloadSegment }: ParsedKey): string =>
  `${headerSegment}.${payloadSegment}`;
const signatureOf = ({ signatureSegment }: ParsedKey): Buffer => Buffer.from(signatureSegment, 'base64url');

function candidatesOf(key: ParsedKey): JsonObject[] {
  const used = curveOf(key);
  if (used === undefined) return [];
  const { curve, crv, bytes, hash } = used;
  const digest = createHash(hash).update(inputOf(key)).digest();
  const { kid } = key.header;
  return [0, 1].flatMap((bit) => {
    try {
      const signature = curve.Signature.fromCompact(signatureOf(key)).addRecoveryBit(bit);
      const point = Buffer.from(signature.recoverPublicKey(digest).toBytes(false)).subarray(1);
      const [x, y] = [point.subarray(0, bytes), point.subarray(bytes)];
      const coordinates = { x: x.toString('base64url'), y: y.toString('base64url') };
      return [{ kty: 'EC', crv, ...coordinates, ...defined({ kid }) }];
    } catch {
      return [];
    }
  });
}

function isSignedBy(key: ParsedKey, jwk: JsonObject): boolean {
  const hash = curveOf(key)?.hash;
  if (hash === undefined) return false;
  try {
    const publicKey = createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
    return verify(
      hash,
      Buffer.from(inputOf(key)),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      signatureOf(key),
    );
  } catch {
    return false;
  }
}
