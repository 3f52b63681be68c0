import { createHash } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { defined } from '../../model/defined.ts';
import type { JsonObject, Key } from '../../model/index.ts';
import { algorithmOf, type ParsedKey, parseKey, signatureOf, signedTextOf } from './parsed-key.ts';
import { recoverRsaKey, usualExponents } from './recover-rsa-key.ts';
import { isSignedBy } from './signature-check.ts';

/** The curve of an algorithm, its name in a JWK, and the length of a coordinate in bytes. */
const curves = {
  ES256: { curve: p256, crv: 'P-256', bytes: 32, hash: 'sha256' },
  ES384: { curve: p384, crv: 'P-384', bytes: 48, hash: 'sha384' },
  ES512: { curve: p521, crv: 'P-521', bytes: 66, hash: 'sha512' },
} as const;

/**
 * The public key of the supplied keys, as a JWKS document. An ECDSA signature leaves two candidates (SEC 1 section
 * 4.1.6), and a second key of the same signer shows which one it is. So an attacker can get the public key even if
 * nobody publishes it. RSA keys are recovered if their public exponent is one of `exponents`. Undefined for other
 * algorithms, and if the keys have different signers.
 */
export function recoverPublicKeys(
  keys: readonly Key[],
  exponents: readonly number[] = usualExponents.quick,
  onProgress?: (share: number) => void,
): string | undefined {
  const [one, other] = keys;
  if (one === undefined || other === undefined) return undefined;
  const jwk = recoverRsaKey([one, other], exponents, onProgress) ?? recoverEcdsaKey(keys.map(parseKey));
  return jwk === undefined ? undefined : JSON.stringify({ keys: [jwk] });
}

function recoverEcdsaKey([first, ...others]: readonly ParsedKey[]): JsonObject | undefined {
  if (first === undefined) return undefined;
  return candidatesOf(first).find((candidate) =>
    others.every((key) => isSignedBy(key, candidate, curveOf(key)?.hash)),
  );
}

function curveOf(key: ParsedKey): (typeof curves)[keyof typeof curves] | undefined {
  const name = algorithmOf(key) ?? '';
  return name in curves ? curves[name as keyof typeof curves] : undefined;
}

function candidatesOf(key: ParsedKey): JsonObject[] {
  const used = curveOf(key);
  if (used === undefined) return [];
  const { curve, crv, bytes, hash } = used;
  const digest = createHash(hash).update(signedTextOf(key)).digest();
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
