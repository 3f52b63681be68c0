import type { JWK } from 'jose';

/** Algorithms that may sign a certificate: only with key pairs, so that whoever verifies cannot sign. */
export const algorithms = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;
export type CertificateAlgorithm = (typeof algorithms)[number];

const byCurve: Readonly<Record<string, CertificateAlgorithm>> = {
  Ed25519: 'EdDSA',
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
};

/** The algorithm that a key names, or the usual one of its type; undefined if no algorithm fits the key. */
export function certificateAlgorithmOf(jwk: JWK): CertificateAlgorithm | undefined {
  const usual = jwk.kty === 'RSA' ? 'PS256' : byCurve[jwk.crv ?? ''];
  if (jwk.alg === undefined) return usual;
  return algorithms.find((name) => name === jwk.alg);
}
