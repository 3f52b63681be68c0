import { createHash } from 'node:crypto';
import { defined } from '../../model/defined.ts';
import type { JsonObject, Key } from '../../model/index.ts';
import { greatestCommonDivisor } from './greatest-common-divisor.ts';
import { algorithmOf, type ParsedKey, parseKey, signatureOf, signedTextOf } from './parsed-key.ts';
import { isSignedBy } from './signature-check.ts';

/** The hash of an algorithm, and what stands before it in what is signed: its DER DigestInfo (RFC 8017 section 9.2). */
const hashes: Readonly<Record<string, { readonly hash: string; readonly prefix: string }>> = {
  RS256: { hash: 'sha256', prefix: '3031300d060960864801650304020105000420' },
  RS384: { hash: 'sha384', prefix: '3041300d060960864801650304020205000430' },
  RS512: { hash: 'sha512', prefix: '3051300d060960864801650304020305000440' },
};
/** The usual public exponents: some take no time; nearly all issuers have the last one, with which it takes minutes. */
export const usualExponents = { quick: [3, 17], slow: [257, 65537] } as const;
/** The product of two multiples of the modulus may share a few small factors more. */
const greatestFactor = 100_000n;

/**
 * The public key of the signer of two RS256, RS384 or RS512 keys, as a JWK: the modulus divides the difference between
 * each signature to the power of the exponent and what was signed. Undefined for other algorithms, if the keys have
 * different signers, and if the signer has another exponent. `onProgress` is called with the share of the bits that is
 * done, from 0 to 1 over all exponents.
 */
export function recoverRsaKey(
  [one, other]: readonly [Key, Key],
  exponents: readonly number[],
  onProgress: (share: number) => void = () => undefined,
): JsonObject | undefined {
  const [first, second] = [parseKey(one), parseKey(other)];
  const bytes = signatureOf(first).length;
  if (hashOf(first) === undefined || hashOf(second) === undefined) return undefined;
  if (bytes === 0 || signatureOf(second).length !== bytes) return undefined;
  const allBits = bytes * 8 * exponents.reduce((sum, exponent) => sum + exponent, 0);
  let bitsBefore = 0;
  for (const exponent of exponents) {
    const [a, b] = [multipleOfModulus(first, exponent), multipleOfModulus(second, exponent)];
    const bits = bytes * 8 * exponent;
    const before = bitsBefore;
    const common = greatestCommonDivisor(a, b, (left) =>
      onProgress((before + Math.max(0, bits - left)) / allBits),
    );
    bitsBefore += bits;
    for (let factor = 1n; factor < greatestFactor; factor += 1n) {
      const modulus = common / factor;
      if (modulus >> BigInt(bytes * 8) > 0n || common % factor !== 0n) continue;
      if (modulus >> BigInt(bytes * 8 - 8) === 0n) break;
      const jwk = jwkOf(modulus, exponent, first);
      if ([first, second].every((key) => isSignedBy(key, jwk, hashOf(key)?.hash))) return jwk;
    }
  }
  return undefined;
}

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

function hashOf(key: ParsedKey): (typeof hashes)[string] | undefined {
  return hashes[algorithmOf(key) ?? ''];
}

/** RFC 8017 section 8.2.2: signature ^ exponent = encoded message, modulo the modulus. */
function multipleOfModulus(key: ParsedKey, exponent: number): bigint {
  const signature = signatureOf(key);
  const difference = numberOf(signature) ** BigInt(exponent) - encodedMessageOf(key, signature.length);
  return difference < 0n ? -difference : difference;
}

/** EMSA-PKCS1-v1_5 (RFC 8017 section 9.2). */
function encodedMessageOf(key: ParsedKey, bytes: number): bigint {
  const { hash = '', prefix = '' } = hashOf(key) ?? {};
  const digest = createHash(hash).update(signedTextOf(key)).digest('hex');
  const end = `00${prefix}${digest}`;
  return BigInt(`0x0001${end.padStart(bytes * 2 - 4, 'f')}`);
}

function jwkOf(modulus: bigint, exponent: number, { header: { kid } }: ParsedKey): JsonObject {
  const text = (number: bigint): string => {
    const digits = number.toString(16);
    return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString(
      'base64url',
    );
  };
  return { kty: 'RSA', n: text(modulus), e: text(BigInt(exponent)), ...defined({ kid }) };
}
